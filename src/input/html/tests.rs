use super::*;

fn text(html: &str) -> (String, Vec<&'static str>) {
    let document = read(html);
    (document.text.trim_end().to_string(), document.notes.iter().map(|note| note.rule).collect())
}

#[test]
fn blocks_and_blanks() {
    for (html, expected, notes) in [
        ("", "", &[][..]),
        ("第1条", "第1条", &[]),
        ("<p>一<p>二", "一\n\n二", &[]),
        ("<div>一</div><div>二<br>三</div>", "一\n二\n三", &[]),
        ("<div>青葉市と楓村の二つの\n  自治体</div>", "青葉市と楓村の二つの自治体", &[]),
        ("<p>第1条\n甲は", "第1条 甲は", &[]),
        ("<p>in\n two  words", "in two words", &[]),
        ("<pre>一\n二</pre>", "一\n二", &[]),
        ("&#x7532;&amp;&nbsp;乙", "甲& 乙", &[]),
        ("<p style='DISPLAY : none'>隠<p>見", "見", &["input-hidden-text"]),
        ("<s>旧</s>新", "新", &["input-tracked-changes"]),
        ("<nav>x</nav><article><header>題</header></article><footer>x</footer>", "題", &["input-chrome"]),
        ("<template><table><tr><td>x</template>文", "文", &[]),
        ("<img src=a><img alt=''>文", "文", &["input-image"]),
        ("<ol start=3><li>一<li value=7>二<li>(9) 三</ol>", "3　一\n\n7　二\n\n(9) 三", &["input-numbered"]),
        ("<ol style='list-style-type:katakana'><li>一<li>二</ol>", "ア　一\n\nイ　二", &["input-numbered"]),
        ("<ul><li>・一<li>二</ul>", "・一\n\n二", &[]),
        ("<table><tr><td>枠</table>", "枠", &[]),
        ("<table><caption>表</caption><tr><td>名<td>文</table>", "表\n\n名\t文", &[]),
        ("<table><tr><td rowspan=0>名<td>一<tr><td>二</table>", "名\t一\n\t二", &[]),
        (
            "<table><tr><td rowspan=2>取組<td colspan=2>取組内容<tr><td>甲の役割<td>乙の役割</table>",
            "取組\t取組内容\n\t甲の役割\t乙の役割",
            &[],
        ),
        (
            "<table><tr><td>名<td><table><tr><td>一<td>二</table><tr><td>上<td>下<tr><td>左<td>右</table>",
            "名\t一　二\n上\t下\n左\t右",
            &["input-nested-table"],
        ),
    ] {
        assert_eq!(text(html), (expected.to_string(), notes.to_vec()), "{html}");
    }
}

#[test]
fn depth_is_bounded() {
    let times = 20_000;
    for tag in [
        "div",
        "table><tr><td",
        "b",
        "svg><td",
        "rt",
        "ul><li",
        "p><s",
        "template",
        "math><mi",
        "ruby><rt",
        "select><div",
        "body><frameset",
    ] {
        let html = format!("{}底", format!("<{tag}>").repeat(times));
        let out = text(&html);
        assert!(
            matches!(tag, "svg><td" | "rt" | "template" | "p><s" | "ruby><rt" | "select><div") || out.0.contains('底'),
            "{tag}"
        );
    }
    let many: String = (0..5000).map(|count| format!("a{count}='>' ")).collect();
    assert!(text(&format!("<p {many}>底</p>")).0.contains('底'));
    let blanks = format!("<img src=data:{} alt='' {}>底", "a/".repeat(5000), " ".repeat(5000));
    assert_eq!(text(&blanks), ("底".to_string(), vec![]));
    let table = format!("<table>{}</table>", "<tr><td colspan=60000 rowspan=60000>広".repeat(1000));
    assert!(text(&table).0.contains('広'));
}

#[test]
fn damaged_pages_do_not_panic() {
    let whole = include_str!("../../../fixtures/html/regulations.html");
    let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    for (count, at) in places.iter().enumerate().step_by(7) {
        let end = places.get(count + 1 + count % 40).copied().unwrap_or(whole.len());
        let mut cut = whole.to_string();
        cut.replace_range(at..&end, ["", "<table><td>", "</div></table>", "<!--", "<template>"][count % 5]);
        read(&cut);
    }
}
