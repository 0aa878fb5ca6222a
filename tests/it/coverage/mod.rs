//! Who reaches what, and what is said of it.

mod zones;
