use super::summary_line;
use crate::diagnostics::{Lang, Severity};
use crate::diff::judge::judge;
use crate::diff::types::Diff;

/// Workflow commands that GitHub shows beside `file`: one a finding, and the summary as a notice.
pub fn github(diff: &Diff, file: &str, lang: Lang) -> String {
    let mut out = String::new();
    for finding in judge(diff) {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let help = finding.help.map(|h| format!("\n{}", h.get(lang))).unwrap_or_default();
        let message = format!("{}: {}{help}", finding.path, finding.words.get(lang));
        out.push_str(&command(level, file, finding.rule, &message));
    }
    if !diff.changes.is_empty() {
        out.push_str(&command("notice", file, "kouotsu diff", &summary_line(&diff.summary, lang)));
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
