#!/usr/bin/env bash
# Walks a quarter of a small plan against running services, and prints each command before its output.
#   dotnet run --project services/Standalone -- --no-sample     (in another terminal)
#   docs/guides/a-quarter.sh                                  (into a file its tables come as lines with tabs)
# It ends with a failure where a command fails, or where one that has to be refused is not.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

dotnet build "$root/cli" -v quiet -nologo >/dev/null
plan() {
  local words=()
  for word in "$@"; do [[ $word =~ [[:space:]] ]] && words+=("'$word'") || words+=("$word"); done
  printf '\n$ plan %s\n' "${words[*]}"
  dotnet "$root/cli/bin/Debug/net10.0/plan.dll" "$@" 2>&1
}

refused() {
  ! plan "$@" || { echo 'It was to be refused.' >&2; exit 1; }
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/july.csv" <<'CSV'
Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status,Status reason,Direction of travel
Victims,V1,Answer calls sooner,NP,Constabulary,The new desk is staffed.,Green,,Improved
Victims,V2,Keep victims informed,NP / CS,County Council,A leaflet was printed.,Amber,Two posts are vacant.,No change
Transformation,T1,Share buildings,JH,OPCC,Two sites are shared.,Green,,No change
CSV

cd "$folder"
plan import july.csv --plan fenland --period 2026-07
plan open --plan fenland --period 2026-10 --due 2026-11-20 --meeting 'Coordination Board' --meeting-date 2026-12-03
plan owed --plan fenland --period 2026-10
plan update V1 --plan fenland --period 2026-10 --status red --direction improved --narrative 'The desk lost two of its four people. See also T1.'
plan update V2 --plan fenland --period 2026-10 --status green --direction improved --narrative 'Both posts are filled; a second leaflet is out.'
plan update T1 --plan fenland --period 2026-10 --status green --direction no-change
plan submit V1 V2 T1 --plan fenland --period 2026-10
plan return V1 --plan fenland --period 2026-10 --reason 'Say why it is red, and check the direction.'
plan update V1 --plan fenland --period 2026-10 --reason 'Nobody applied for the two posts.' --direction deteriorated
plan submit V1 --plan fenland --period 2026-10
plan approve V1 V2 T1 --plan fenland --period 2026-10
plan owed --plan fenland --period 2026-10
plan lock --plan fenland --period 2026-10
refused update V1 --plan fenland --period 2026-10 --status green
plan history V1 --plan fenland --period 2026-10
plan status --plan fenland --period 2026-10
plan open --plan fenland --period 2072-01 --due 2027-02-12
plan periods delete --plan fenland --period 2072-01
refused periods delete --plan fenland --period 2026-10
plan open --plan fenland --period 2027-01
plan periods set --plan fenland --period 2027-01 --due 2027-02-12 --meeting 'Coordination Board' --meeting-date 2027-03-04
plan periods list --plan fenland
plan owed --plan fenland --period 2027-01
