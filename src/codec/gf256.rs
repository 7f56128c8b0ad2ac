//! GF(2^8), the field of bytes of format.md, section 2.2: the arithmetic of the crate `reed-solomon-erasure`.

#[cfg(test)]
pub(super) use reed_solomon_erasure::galois_8::ReedSolomon as Coder;
pub(crate) use reed_solomon_erasure::galois_8::{add, div};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use reed_solomon_erasure::galois_8::{mul, mul_slice_xor as add_scaled};
#[cfg(target_arch = "wasm32")]
pub(crate) use small::{add_scaled, mul};

/// The same for a page that everybody carries along: the crate's table of products has 64 KiB that no compression makes
/// smaller. Here it is made at first use, from the crate's quotients.
#[cfg(any(test, target_arch = "wasm32"))]
mod small {
    use std::sync::LazyLock;

    use reed_solomon_erasure::galois_8::div;

    type Row = [u8; 256];

    static PRODUCTS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let row = |factor: u8| {
            let times = |other: u8| if factor == 0 { 0 } else { div(other, div(1, factor)) };
            std::array::from_fn(|other| times(other as u8))
        };
        (0..=255).map(row).collect()
    });

    fn row(factor: u8) -> &'static Row {
        static NOTHING: Row = [0; 256];
        PRODUCTS.get(usize::from(factor)).unwrap_or(&NOTHING)
    }

    pub fn mul(a: u8, b: u8) -> u8 {
        row(a).get(usize::from(b)).copied().unwrap_or(0)
    }

    pub fn add_scaled(factor: u8, from: &[u8], to: &mut [u8]) {
        let row = row(factor);
        to.iter_mut().zip(from).for_each(|(to, from)| *to ^= row.get(usize::from(*from)).copied().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use reed_solomon_erasure::galois_8;

    use super::small;

    #[test]
    fn the_page_counts_as_the_crate_does() {
        let all: Vec<u8> = (0..=255).collect();
        for factor in 0..=255u8 {
            assert!(all.iter().all(|other| small::mul(factor, *other) == galois_8::mul(factor, *other)));
            let [mut ours, mut theirs] = [(); 2].map(|()| all.iter().rev().copied().collect::<Vec<u8>>());
            small::add_scaled(factor, &all, &mut ours);
            galois_8::mul_slice_xor(factor, &all, &mut theirs);
            assert_eq!(ours, theirs, "{factor}");
        }
    }
}
