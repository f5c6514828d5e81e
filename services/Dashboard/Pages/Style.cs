namespace PlanServices.Dashboard.Pages;

/// <summary>How the pages look.</summary>
internal static class Style
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: light-dark(#1b2733, #e8edf2); --soft: light-dark(#55616d, #aab6c2); --line: light-dark(#c9d1d9, #3b4753); --wash: light-dark(#f3f6f9, #1d262f); --paper: light-dark(#fff, #12181e); --mark: light-dark(#1d4f7c, #8cc0ee); --link: light-dark(#0b5394, #8cc0ee); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 2rem; font: 1rem/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); }
        h1 { margin: 0 0 .25rem; font-size: 1.8rem; color: var(--mark); }
        h2 { margin: 1.75rem 0 .5rem; font-size: 1.25rem; color: var(--mark); }
        p { margin: 0 0 .5rem; } a { color: var(--link); }
        .soft, caption { color: var(--soft); } caption { text-align: left; padding-bottom: .3rem; }
        form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-top: .75rem; }
        label { display: grid; gap: .2rem; font-size: .85rem; color: var(--soft); }
        select, button { font: inherit; padding: .35rem .6rem; min-height: 2.4rem; color: var(--ink); background: var(--wash); border: 1px solid var(--soft); border-radius: .3rem; }
        section { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; text-align: left; vertical-align: top; }
        thead th { border-bottom: 2px solid var(--mark); } tbody th { font-weight: 600; white-space: nowrap; }
        .theme th { padding-top: 1.1rem; color: var(--mark); font-size: 1rem; }
        .figure { text-align: right; font-variant-numeric: tabular-nums; }
        .bar { min-width: 14rem; } .stack { display: flex; border: 1px solid #33404d; border-radius: .25rem; overflow: hidden; }
        .stack span { min-width: 1.1rem; text-align: center; font-size: .75rem; line-height: 1.4rem; }
        .stack span + span { border-left: 1px solid #33404d; }
        .status { display: inline-block; padding: .1rem .5rem; border: 1px solid #33404d; border-radius: .25rem; white-space: nowrap; }
        .grid { table-layout: fixed; min-width: 52rem; } .grid thead th { width: 9rem; } .grid thead th:nth-child(1) { width: 4.5rem; } .grid thead th:nth-child(2) { width: auto; } .grid thead th:nth-child(3) { width: 6rem; } .grid thead th:nth-child(4) { width: 18rem; }
        .direction { white-space: nowrap; } .grid details { margin-top: .3rem; } summary { cursor: pointer; color: var(--link); }
        .downloads a { margin-left: .6rem; } pre { padding: .75rem; background: var(--wash); overflow-x: auto; }
        .problem { padding: .75rem 1rem; border: 2px solid #b3261e; border-radius: .3rem; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        @media (max-width: 40rem) { body { padding: 1rem; } }
        @media print { form, .downloads { display: none; } thead { display: table-header-group; } tr { break-inside: avoid; } * { print-color-adjust: exact; } }
        """;
}
