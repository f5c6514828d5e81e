namespace PlanServices.Reporting.Features.Reports.Html;

/// <summary>How a report's page looks, on a screen and on paper.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: light-dark(#1b2733, #e8edf2); --soft: light-dark(#55616d, #aab6c2); --line: light-dark(#c9d1d9, #3b4753); --wash: light-dark(#f3f6f9, #1d262f); --paper: light-dark(#fff, #12181e); --mark: light-dark(#1d4f7c, #8cc0ee); --fresh: light-dark(#eaf3fb, #16324a); --head: light-dark(#1d4f7c, #234059); --link: light-dark(#0b5394, #8cc0ee); }
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
        .figures { width: auto; } .figures th { overflow-wrap: normal; } .figures thead th { vertical-align: bottom; }
        .figures td { text-align: right; font-variant-numeric: tabular-nums; }
        .grid { table-layout: fixed; }
        .grid .action { width: 20%; } .grid .initials { width: 6%; } .grid .lead { width: 12%; } .grid .state { width: 11%; } .grid .wide { width: 19%; }
        .grid tbody tr:nth-child(even) { background: var(--wash); }
        .ref { display: inline-block; min-width: 2.5rem; font-weight: 700; color: var(--mark); }
        small { display: block; margin-top: .4rem; color: var(--soft); }
        .status { display: inline-block; padding: .15rem .5rem; border: 1px solid #33404d; border-radius: .25rem; white-space: nowrap; }
        .direction { display: block; margin-top: .35rem; }
        .reason, .workflow { margin-top: .35rem; color: var(--soft); }
        .not-shown { font-style: italic; color: var(--soft); border-left: 3px solid var(--line); padding-left: .5rem; }
        ins { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .15em; text-decoration-color: var(--mark); background: var(--fresh); }
        .new { font-size: .75em; white-space: nowrap; color: var(--mark); }
        .marking { margin: 0 0 1rem; text-align: center; font-weight: 700; letter-spacing: .08em; }
        .lead-in { font-size: 1.1rem; margin-top: .4rem; } .edition { color: var(--soft); }
        .correction { border-left: 4px solid var(--mark); padding-left: .75rem; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .75rem; } nav a { display: inline-block; padding: .3rem 0; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); }
        :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); gap: 1.5rem; margin-top: 1.5rem; }
        figure { margin: 0; break-inside: avoid; } figcaption { font-weight: 600; margin-bottom: .4rem; } svg { width: 100%; height: auto; max-width: 45rem; }
        .wide-table { overflow-x: auto; }
        .figures thead .status { padding: 0 .35rem; }
        .links { margin: .25rem 0; padding-left: 1.1rem; font-size: .93em; }
        .references { display: flex; flex-wrap: wrap; gap: 0 .5rem; margin-top: .35rem; color: var(--soft); }
        .key { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .6rem 1.5rem; margin: 0; }
        .key dd { margin: .15rem 0 0; color: var(--soft); }
        a { color: var(--link); }
        tr:target { outline: 3px solid var(--mark); outline-offset: -3px; }
        footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .6rem; color: var(--soft); font-size: .85rem; }
        @media (max-width: 60rem) { body { padding: 1rem; } .grid { min-width: 60rem; } }
        @media print {
          :root { color-scheme: light; }
          @page { size: A4 landscape; margin: 14mm 12mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial, sans-serif; } }
          body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.3; }
          nav, .skip { display: none; } .wide-table { overflow: visible; } .grid { min-width: 0; } h2 { margin: 4mm 0 1mm; } .key { grid-template-columns: repeat(5, 1fr); gap: 1mm 4mm; font-size: 7.5pt; }
          .charts { grid-template-columns: 1fr 1fr; margin-top: 4mm; } .charts svg { max-height: 46mm; }
          h1 { font-size: 18pt; } table { font-size: 8pt; } th, td { padding: 1mm 1.5mm; } .grid p { margin-bottom: 1mm; } small { font-size: 7pt; } .ref { min-width: 0; } .direction, .reason, .workflow, .references { margin-top: 1mm; } td p { orphans: 3; widows: 3; }
          thead { display: table-header-group; } tfoot { display: table-row-group; }
          .figures tr, .key div { break-inside: avoid-page; } thead tr, .grid tbody tr { break-inside: avoid; } .grid tbody tr.long { break-inside: auto; }
          .grid tbody tr:first-child { break-before: avoid; } caption { break-after: avoid; } section[aria-labelledby="key"] { break-inside: avoid; } h2 { break-after: avoid; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          a { color: inherit; text-decoration: none; }
        }
        """;

    /// <summary>
    /// A protective marking at the head and foot of each printed page. Browsers without margin boxes repeat it at the foot.
    /// </summary>
    /// <param name="marking">One of the contract's markings; it is no text of a user's.</param>
    public static string Marking(string marking) => $$"""
        @media print {
          @page { @top-center { content: "{{marking}}"; font: bold 10pt Arial, sans-serif; } @bottom-center { content: "{{marking}}"; font: bold 10pt Arial, sans-serif; } }
          .marking { display: none; }
          @supports (-moz-appearance: none) { footer .marking { display: block; position: fixed; bottom: 0; left: 0; right: 0; margin: 0; background: #fff; } }
        }
        """;
}
