//! A set of letters that stand side by side, packed into numbers: nearly every letter of a document is put into it, and
//! hardly any is asked for.

/// Such numbers, each with `NOTES` bits of its own. Open addressing, never more than half full.
#[derive(Debug)]
pub struct Seen<const NOTES: u32> {
    /// A number and its notes below it; 0 where there is none.
    slots: Vec<u64>,
    filled: usize,
}

impl<const NOTES: u32> Seen<NOTES> {
    /// An empty set that does not grow up to so many numbers.
    pub fn with_room(count: usize) -> Self {
        Self { slots: vec![0; (count * 2).next_power_of_two().max(64)], filled: 0 }
    }

    /// Adds a number, or notes to it.
    pub fn put(&mut self, number: u64, notes: u64) {
        let at = self.place(number);
        let is_new = self.slots[at] == 0;
        self.slots[at] |= number << NOTES | notes;
        self.filled += usize::from(is_new);
        if is_new && self.filled * 2 > self.slots.len() {
            self.grow();
        }
    }

    /// The notes of a number.
    pub fn get(&self, number: u64) -> Option<u64> {
        let slot = self.slots[self.place(number)];
        (slot != 0).then_some(slot & ((1 << NOTES) - 1))
    }

    /// Where a number is, or where it belongs.
    fn place(&self, number: u64) -> usize {
        let last = self.slots.len() - 1;
        // the upper bits of the product depend on all letters
        let mut at = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.slots[at] != 0 && self.slots[at] >> NOTES != number {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let twice = vec![0; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, twice) {
            let at = self.place(slot >> NOTES);
            self.slots[at] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn numbers_and_their_notes_stay_when_the_set_grows() {
        let mut seen = Seen::<2>::with_room(0);
        (1..1000).for_each(|number| seen.put(number << 21, number & 1));
        seen.put(4 << 21, 2);
        assert_eq!([3, 4, 1000].map(|number| seen.get(number << 21)), [Some(1), Some(2), None]);
    }
}
