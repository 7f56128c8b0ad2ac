//! GF(2^8), the field of bytes of format.md, section 2.2: the arithmetic of the crate `reed-solomon-erasure`.

use reed_solomon_erasure::galois_8;
#[cfg(test)]
pub(super) use reed_solomon_erasure::galois_8::ReedSolomon as Coder;

pub(super) use galois_8::{add, div, mul};

/// Adds the bytes of `from`, each multiplied by `factor`, to those of `to`, which are as many.
pub(super) fn add_scaled(factor: u8, from: &[u8], to: &mut [u8]) {
    galois_8::mul_slice_xor(factor, from, to);
}
