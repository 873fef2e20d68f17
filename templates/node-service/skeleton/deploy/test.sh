#!/bin/sh
# Tests what decides on releases and what wakes people: `sh deploy/test.sh`. Needs promtool; CI runs it on every change.
set -eu
cd "$(dirname "$0")/.."

failed=0
complain() {
  echo "$1" >&2
  failed=1
}

# The queries of a file, one a line and without indentation: the blocks below `query: |` and `expr: &name |`.
queries() {
  awk '
    function flush() { if (text != "") print text; text = "" }
    open {
      if (NF == 0) next
      match($0, /^ */)
      if (RLENGTH > depth) { sub(/^ +/, ""); text = text " " $0; next }
      flush()
      open = 0
    }
    /^ *(- )?(query|expr): (&[a-z]+ )?\|$/ {
      match($0, /^ */)
      depth = RLENGTH
      if ($1 == "-") depth += 2
      open = 1
    }
    END { flush() }
  ' "$1"
}

# A test of other queries than those that decide would prove nothing.
decides="$(queries deploy/base/analysis-template.yaml |
  sed 's/{{args\.service}}/pay/g; s/{{args\.namespace}}/shop/g; s/{{args\.canary-hash}}/new/g; s/{{args\.stable-hash}}/old/g')"
if [ -z "$decides" ] || [ "$decides" != "$(queries deploy/analysis.test.yaml)" ]; then
  complain 'deploy/analysis.test.yaml tests other queries than those of deploy/base/analysis-template.yaml.'
fi

# promtool reads plain rules and the cluster a PrometheusRule: both must hold the same groups.
for folder in slo alerts; do
  plain="$(grep -v -e '^ *#' -e '^ *$' -e '^---$' "$folder/rules.yaml")"
  wrapped="$(sed -e '1,/^spec:$/d' -e 's/^  //' "$folder/prometheus-rule.yaml" | grep -v -e '^ *#' -e '^ *$')"
  if [ "$plain" != "$wrapped" ]; then
    complain "$folder/prometheus-rule.yaml holds other groups than $folder/rules.yaml."
  fi
done

promtool check rules slo/rules.yaml alerts/rules.yaml
promtool test rules deploy/analysis.test.yaml slo/rules.test.yaml alerts/rules.test.yaml
exit "$failed"
