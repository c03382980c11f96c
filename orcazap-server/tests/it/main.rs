//! The server as others meet it: the command line, HTTP, and whole conversations
//! over a real database and a Graph API stand-in.

#![cfg(test)]

mod approvals;
mod browser;
mod command_line;
mod dashboard;
mod database;
mod demo;
mod edits;
mod end_to_end;
mod faults;
mod house;
mod logs;
mod numbers;
mod price_rules;
mod prices;
mod read_marks;
mod received;
mod roles;
mod shared_limits;
mod startup;
mod texts;
mod trials;
mod twilio;
mod visitor;
mod webhooks;
mod window;
