-- Lets one more pass through every bucket, or through none of them.
-- KEYS: one a bucket; its value is the time, in microseconds, at which all that
-- has passed is paid for. ARGV: for each bucket the microseconds between two, and
-- how many may pass at once. Gives 0, or how many microseconds to wait.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local longest, paid = 0, {}
for i, key in ipairs(KEYS) do
    local every, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local begin = math.max(tonumber(redis.call('GET', key) or '0'), now)
    longest = math.max(longest, begin + every - (now + every * burst))
    paid[i] = begin + every
end
if longest > 0 then
    return {longest}
end
for i, key in ipairs(KEYS) do
    local ttl = math.max(1, math.ceil((paid[i] - now) / 1000))
    redis.call('SET', key, string.format('%.0f', paid[i]), 'PX', ttl)
end
return {0}
