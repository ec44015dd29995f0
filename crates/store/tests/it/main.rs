//! The store on a real disk, in a folder of its own each time.

mod house;
mod keeping;
mod numbers;
mod opening;
mod outbox;
mod searching;
