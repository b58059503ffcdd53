//! Letters that older files keep inside the instruction of a field.

/// `EQ \o\ad(\s\up 9(かん),巻)` shows 巻 with ruby, `eq \o\ac(○,印)` 印 in a circle: the letters, and whether it is ruby.
pub(super) fn formula_letters(instruction: &str) -> Option<(&str, bool)> {
    let formula = instruction.trim();
    let rest = formula.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and(formula.get(2..))?;
    let inner = rest.strip_suffix(')')?;
    let ruby = rest.contains(r"\s\up");
    (ruby || rest.contains(r"\o\ac")).then_some(())?;
    let (_, letters) = inner.rsplit_once([',', ';'])?;
    Some((letters, ruby))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_formulas() {
        for (instruction, expected) in [
            (r#" EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(かん),巻)"#, Some(("巻", true))),
            (r" eq \o\ac(○,印)", Some(("印", false))),
            (r" EQ \f(1,2)", None),
            (" PAGE ", None),
            ("", None),
        ] {
            assert_eq!(formula_letters(instruction), expected, "{instruction}");
        }
    }
}
