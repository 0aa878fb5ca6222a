//! Who reaches what, and what is said of it.

mod access;
mod fixture;
mod measure;
mod referral;
mod samples;
mod shortlist;
mod survey;
mod zones;
