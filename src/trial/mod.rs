//! Harm done to pictures and to sets of frames, seeded: the testers' proving ground. Nothing here touches the world;
//! the same seed gives the same harm, on any number of cores.

pub mod carried;
pub mod chance;
pub mod channel;
pub mod contact_sheet;
pub mod copied;
pub mod experiment;
pub mod filmed;
pub mod filter;
pub mod forged;
pub mod harm;
pub mod harm_kinds;
pub mod lost;
pub mod photographed;
pub mod pipeline;
pub mod plot;
pub mod printed;
pub mod run;
pub mod sheet;
pub mod specimen;
pub mod statistics;
pub mod sweep;
pub mod value_noise;
pub mod warp;
