//! Harm done to pictures and to sets of frames, seeded: the testers' proving ground. Nothing here touches the world;
//! the same seed gives the same harm, on any number of cores.

pub mod attempt;
pub mod carried;
pub mod cell;
pub mod chance;
pub mod channel;
pub mod contact;
pub mod copied;
pub mod field;
pub mod filmed;
pub mod filter;
pub mod forged;
pub mod harm;
pub mod kind;
pub mod lost;
pub mod photographed;
pub mod plot;
pub mod printed;
pub mod sheet;
pub mod specimen;
pub mod statistics;
pub mod sweep;
pub mod warp;
