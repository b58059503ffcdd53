#!/usr/bin/env bash
# What a pull request changes in agreements: findings as annotations, a comment, and the 新旧対照表.
#
#   ci/pull-request.sh BASE [REPORT]
#
# BASE is the branch or commit to compare with; REPORT is a folder (kouotsu-report), made anew:
#   comment.md      what changed, for a comment (only when an agreement changed)
#   findings.sarif  what check finds in the changed agreements
#   tables/         one page and one Word file an agreement
# Annotations go to standard output. Ends with 0, with 1 on findings, with 2 when something could not be read.
#
# Environment: KOUOTSU (the program), KOUOTSU_PATHS (git pathspecs, one a line; default: agreements),
# KOUOTSU_FAIL_ON (see kouotsu diff --fail-on), KOUOTSU_LANG (ja or en).
set -u

base=${1:?usage: pull-request.sh BASE [REPORT]}
report=${2:-kouotsu-report}
program=${KOUOTSU:-kouotsu}
lang=${KOUOTSU_LANG:-ja}
fail_on=${KOUOTSU_FAIL_ON:-error}
worst=0

# Runs the program and keeps the worst exit code.
run() {
  "$program" --lang "$lang" "$@"
  local code=$?
  if [ "$code" -gt "$worst" ]; then worst=$code; fi
}

paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${KOUOTSU_PATHS:-agreements}"

parted=$(git merge-base "$base" HEAD) || exit 2
mkdir -p "$report/tables" || exit 2
rm -f "$report/comment.md" "$report/findings.sarif" "$report"/tables/*
old=$(mktemp -d) || exit 2
trap 'rm -rf "$old"' EXIT

say() { printf '%s\n' "$*" >>"$report/comment.md"; }

present=()
count=0
# One agreement: where it was (empty for a new one), where it is (empty for one that is gone).
agreement() {
  local was=$1 is=$2
  case "${is:-$was}" in
    *.snap.json) return ;;
    *.txt | *.pdf | *.docx | *.html | *.htm) ;;
    *) return ;;
  esac
  count=$((count + 1))
  if [ -z "$is" ]; then
    say "## $was" "" "削除されました / removed" ""
    return
  fi
  present+=("$is")
  if [ -z "$was" ]; then
    say "## $is" "" "新しい協定です / a new agreement" ""
    return
  fi
  local before="$old/${was##*/}" name="$report/tables/$count-${is##*/}"
  git cat-file blob "$parted:./$was" >"$before" || { worst=2; return; }
  say "## $is" ""
  run diff "$before" "$is" --format markdown --no-check --fail-on never >>"$report/comment.md"
  say ""
  run diff "$before" "$is" --format github --no-check --fail-on "$fail_on"
  run diff "$before" "$is" --format html --no-check --fail-on never -o "$name.html" 2>/dev/null
  run diff "$before" "$is" --format docx --no-check --fail-on never -o "$name.docx" 2>/dev/null
}

# names are separated by NUL: they may hold any letter
while IFS= read -r -d '' status; do
  IFS= read -r -d '' first
  case "$status" in
    A*) agreement "" "$first" ;;
    D*) agreement "$first" "" ;;
    R* | C*) IFS= read -r -d '' second && agreement "$first" "$second" ;;
    *) agreement "$first" "$first" ;;
  esac
done < <(git diff --relative --name-status --find-renames -z "$parted" HEAD -- "${paths[@]}")

if [ "${#present[@]}" -gt 0 ]; then
  run check --format github "${present[@]}"
  run check --format sarif -o "$report/findings.sarif" "${present[@]}"
fi
exit "$worst"
