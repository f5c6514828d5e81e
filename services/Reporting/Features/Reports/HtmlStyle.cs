namespace PlanServices.Reporting.Features.Reports;

/// <summary>How a report's page looks, on a screen and on paper.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: light-dark(#1b2733, #e8edf2); --soft: light-dark(#55616d, #aab6c2); --line: light-dark(#c9d1d9, #3b4753); --wash: light-dark(#f3f6f9, #1d262f); --paper: light-dark(#fff, #12181e); --mark: light-dark(#1d4f7c, #8cc0ee); --head: light-dark(#1d4f7c, #234059); --link: light-dark(#0b5394, #8cc0ee); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 96rem; padding: 2rem; font: 1rem/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); }
        h1 { margin: 0; font-size: 1.9rem; color: var(--mark); }
        h2 { margin: 2rem 0 .6rem; font-size: 1.3rem; color: var(--mark); }
        p { margin: 0 0 .5rem; }
        table { width: 100%; border-collapse: collapse; font-size: .875rem; }
        caption { text-align: left; padding: .25rem 0; color: var(--soft); }
        th, td { border: 1px solid var(--line); padding: .5rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        thead th { background: var(--head); color: #fff; }
        tbody th { font-weight: 400; }
        tfoot th, tfoot td { background: var(--wash); font-weight: 600; }
        .figures { width: auto; }
        .figures td { text-align: right; font-variant-numeric: tabular-nums; }
        .grid { table-layout: fixed; }
        .grid .action { width: 20%; } .grid .initials { width: 6%; } .grid .lead { width: 12%; } .grid .state { width: 11%; } .grid .wide { width: 19%; }
        .grid tbody tr:nth-child(even) { background: var(--wash); }
        .ref { display: inline-block; min-width: 2.5rem; font-weight: 700; color: var(--mark); }
        small { display: block; margin-top: .4rem; color: var(--soft); }
        .status { display: inline-block; padding: .15rem .5rem; border: 1px solid #33404d; border-radius: .25rem; white-space: nowrap; }
        .direction { display: block; margin-top: .35rem; }
        .reason, .workflow { margin-top: .35rem; color: var(--soft); }
        .links { margin: .25rem 0; padding-left: 1.1rem; font-size: .8rem; }
        .references { display: flex; flex-wrap: wrap; gap: 0 .5rem; margin-top: .35rem; color: var(--soft); }
        .key { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .6rem 1.5rem; margin: 0; }
        .key dd { margin: .15rem 0 0; color: var(--soft); }
        a { color: var(--link); }
        tr:target { outline: 3px solid var(--mark); outline-offset: -3px; }
        footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .6rem; color: var(--soft); font-size: .85rem; }
        @media (max-width: 60rem) { body { padding: 1rem; } section { overflow-x: auto; } .grid { min-width: 60rem; } }
        @media print {
          :root { color-scheme: light; }
          @page { size: A4 landscape; margin: 12mm; }
          body { max-width: none; padding: 0; font-size: 9pt; }
          thead { display: table-header-group; } tfoot { display: table-row-group; }
          tr { break-inside: avoid-page; } h2 { break-after: avoid; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          a { color: inherit; text-decoration: none; }
        }
        """;
}
