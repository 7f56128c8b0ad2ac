//! A random number generator whose output never changes, on any machine.

/// A source of chance: SplitMix64.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// A generator for a sequence of seeds: of a trial, an experiment, a run.
    pub fn of(seeds: &[u64]) -> Self {
        seeds.iter().fold(Chance(0), |chance, seed| Chance(chance.0 ^ seed).branch())
    }

    /// An independent generator, forked from this one.
    pub fn branch(&mut self) -> Self {
        Chance(self.next())
    }

    /// The next 64 bits.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end` - 1; `end` is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    /// A number from `low` up to `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// True with this probability in percent.
    pub fn happens(&mut self, percent: f32) -> bool {
        self.unit() * 100.0 < percent
    }

    /// Approximately normal with deviation 1: the sum of four uniform numbers, close enough up to three deviations.
    pub fn bell(&mut self) -> f32 {
        let bits = self.next();
        let sum: u64 = [0, 16, 32, 48].iter().map(|shift| bits >> shift & 0xFFFF).sum();
        (sum as f32 / 65_535.0 - 2.0) * 1.732_050_8
    }

    /// A count with mean `mean` (Poisson), 0 to some thousands.
    pub fn count(&mut self, mean: f32) -> usize {
        let whole = mean.max(0.0).floor();
        whole as usize + usize::from(self.unit() < mean - whole)
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}
