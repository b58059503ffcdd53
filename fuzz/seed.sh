#!/usr/bin/env bash
# Fills fuzz/corpus with the fixtures, each in the form that its target reads, and with the files of the folders given.
#
#   fuzz/seed.sh [FOLDER…]
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/{decode,parse,pdf,docx,html}

# The fuzzer wants other letters than ASCII as \xE7\x94\xB2.
for dictionary in *.dict; do
  perl -pe 's/([\x80-\xff])/sprintf("\\x%02X", ord $1)/ge' "$dictionary" >"corpus/$dictionary"
done

# A name in a corpus that no other file has.
name() { sha1sum "$1" | cut -c 1-16; }

text() {
  cp "$1" "corpus/parse/$(name "$1")"
  cp "$1" "corpus/decode/$(name "$1")"
  for encoding in SHIFT_JIS EUC-JP ISO-2022-JP UTF-16 UTF-16BE; do
    iconv -c -f UTF-8 -t "$encoding" "$1" >"corpus/decode/$(name "$1")-$encoding"
  done
}

# Whole files, and the content of their pages where it is not compressed.
pdf() {
  if [ "$(stat -c %s "$1")" -gt 40000 ]; then return; fi
  cp "$1" "corpus/pdf/$(name "$1")"
  LC_ALL=C sed -n '/^stream/,/^endstream/p' "$1" | LC_ALL=C sed 's/^stream.*//; s/^endstream.*/%page/' \
    >"corpus/pdf/$(name "$1")-content"
}

# Whole files, and pieces of the document with its numbering; the target closes what is open.
docx() {
  cp "$1" "corpus/docx/$(name "$1")"
  local piece
  unzip -p "$1" word/document.xml | sed 's/<?xml[^>]*>//' | split -b 4000 - "corpus/docx/$(name "$1")-"
  for piece in "corpus/docx/$(name "$1")-"*; do
    { printf '\0'; unzip -p "$1" word/numbering.xml 2>/dev/null | sed 's/<?xml[^>]*>//' | head -c 4000; } >>"$piece" || true
  done
}

html() { cp "$1" "corpus/html/$(name "$1")"; }

find ../fixtures "$@" -type f -print0 | while IFS= read -r -d '' file; do
  case "$file" in
    *.txt) text "$file" ;;
    *.pdf) pdf "$file" ;;
    *.docx) docx "$file" ;;
    *.html) html "$file" ;;
  esac
done

# Small Word files by hand: the fixtures hold none.
i=0
while IFS= read -r parts; do
  i=$((i + 1))
  printf '%b' "$parts" >"corpus/docx/hand-$i"
done <<'PARTS'
<w:p><w:t>青葉市と若草町との協定書</w:t></w:p><w:p><w:r><w:t>第1条</w:t><w:tab/><w:t>目的を定める。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>医療</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>教育</w:t></w:r></w:p>\0<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="（%1）"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="aiueo"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>\0<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
<w:p><w:t>別表第1（第3条関係）</w:t></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:t>夜間の急患</w:t></w:p></w:tc><w:tc><w:p><w:t>取組内容</w:t></w:p></w:tc><w:tc><w:p><w:t>当番の医院を定める。</w:t></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:t>甲の役割</w:t></w:p></w:tc><w:tc><w:p><w:t>医師を置く。</w:t></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:t>備考</w:t></w:p></w:tc></w:tr></w:tbl>
<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:ruby><w:rt><w:r><w:t>あおば</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>青葉</w:t></w:r></w:rubyBase></w:ruby></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>丙</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>丁</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
PARTS
