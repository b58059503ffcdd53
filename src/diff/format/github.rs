use super::summary_line;
use crate::diagnostics::Lang;
use crate::diff::types::Diff;
use crate::output::findings::{File, github::annotations};

/// Workflow commands that GitHub shows beside the new file: one for each of its findings, and the summary as a notice.
pub fn github(diff: &Diff, file: &File, lang: Lang) -> String {
    let mut out = annotations(file, lang);
    if !diff.changes.is_empty() {
        out.push_str(&command("notice", &file.name, "kouotsu diff", &summary_line(&diff.summary, lang)));
    }
    out
}

/// `::error file=…,title=…::message`
fn command(level: &str, file: &str, title: &str, message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} file={},title={}::{}\n", property(file), property(title), data(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_cannot_be_broken() {
        let got = command("error", "a,b:c%.txt", "t", "one\n::error::two 100%");
        assert_eq!(got, "::error file=a%2Cb%3Ac%25.txt,title=t::one%0A::error::two 100%25\n");
    }
}
