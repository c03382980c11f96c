//! A burst of messages: held one by one until it is over, then read together.

use chrono::TimeDelta;

use super::StepError;
use super::effect::Timer;
use super::event::Inbound;
use super::hearing::hear;
use super::table::decide;
use super::turn::Turn;

/// How many messages wait at most; with the last of them the burst is read.
const MAX_WAITING: usize = 30;

impl Turn<'_> {
    /// Holds a message until its burst is over. Whatever happens to the conversation
    /// meanwhile, it is read then.
    ///
    /// # Errors
    ///
    /// [`Self::read`]'s, when the burst is over with it.
    pub(super) fn gather(&mut self, message: Inbound) -> Result<(), StepError> {
        let settle = TimeDelta::seconds(self.shop.policy.settle_seconds.into());
        self.conversation.last_inbound = self.conversation.last_inbound.max(Some(message.at));
        self.conversation.waiting.push(message);
        if settle.is_zero() || self.conversation.waiting.len() >= MAX_WAITING {
            return self.read(Vec::new());
        }
        let over = self.later(settle);
        self.conversation.timers.insert(Timer::Settle, over);
        Ok(())
    }

    /// Reads what waits and what has just come as one burst, and answers it.
    ///
    /// # Errors
    ///
    /// None: the table has a move for all that a customer can say.
    pub(super) fn read(&mut self, messages: Vec<Inbound>) -> Result<(), StepError> {
        self.conversation.timers.remove(&Timer::Settle);
        let mut burst = std::mem::take(&mut self.conversation.waiting);
        burst.extend(messages);
        let heard = hear(&self.conversation, burst, self.shop);
        let answer = decide(&self.conversation.state, heard.happening)?;
        self.answer(answer, heard)
    }
}
