/** The style sheet of a report, in the colours of the editor's theme. */
export const reportStyle = `
body { padding: 0; color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; }
main { max-width: 62rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem; }
h1, h2, h3, h4 { margin: 0; font-weight: 600; line-height: 1.35; }
h1 { font-size: 1.5em; display: flex; gap: .6rem; align-items: flex-start; overflow-wrap: anywhere; }
h1 .mark { width: 1.25em; height: 1.25em; margin-top: .05em; }
h2 { font-size: 1.15em; margin: 2rem 0 .6rem; }
h3 { font-size: 1em; display: flex; gap: .5rem; align-items: flex-start; overflow-wrap: anywhere; }
h4 { font-size: 1em; margin-top: .75rem; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
ul { margin: .35rem 0; padding-inline-start: 1.4rem; }
li { margin: .15rem 0; overflow-wrap: anywhere; }
code { font-family: var(--vscode-editor-font-family, monospace); font-size: .95em; color: inherit; background: var(--vscode-textCodeBlock-background); padding: .05em .3em; border-radius: 3px; overflow-wrap: anywhere; }
.place { margin: 0 0 .75rem; color: var(--vscode-descriptionForeground); }
.place strong { color: var(--vscode-foreground); }
.summary .time, .path .time, td.time { color: var(--vscode-descriptionForeground); font-variant-numeric: tabular-nums; white-space: nowrap; }
.mark { flex: none; width: 1.2em; height: 1.2em; margin-top: .15em; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.mark.passed { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.mark.warned { color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow)); }
.mark.failed { color: var(--vscode-testing-iconFailed, var(--vscode-errorForeground)); }
.mark.skipped { color: var(--vscode-descriptionForeground); }
.links { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a.inline { text-decoration: underline; }
a:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
a:focus-visible, .scroll:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.links a { padding: .25rem .75rem; border-radius: 2px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); }
.links a.inline { text-decoration: underline; }
a:hover { text-decoration: none; }
.links a.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.links a.primary:hover { background: var(--vscode-button-hoverBackground); }
.links a.secondary { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.links a.secondary:hover { background: var(--vscode-button-secondaryHoverBackground); }
.problems { list-style: none; margin: 0; padding: 0; }
.problems > li { margin: 0 0 .9rem; }
article { padding: .8rem 1rem; border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)); border-inline-start: 4px solid var(--vscode-testing-iconFailed, var(--vscode-errorForeground)); background: var(--vscode-editorWidget-background); border-radius: 3px; }
article.warning { border-inline-start-color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow)); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: .6rem 0 0; }
.facts dt { color: var(--vscode-descriptionForeground); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.path { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .4rem; }
.path li { display: grid; grid-template-columns: auto 1fr auto; column-gap: .5rem; margin: 0; padding: .45rem .6rem; border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)); border-radius: 3px; }
.path li.first { border-color: var(--vscode-testing-iconFailed, var(--vscode-errorForeground)); border-width: 2px; }
.path .mark { grid-row: span 2; }
.path .name { font-weight: 600; grid-column: 2 / span 2; }
.path .word { grid-column: 2; color: var(--vscode-descriptionForeground); }
.evidence { list-style: none; padding: 0; }
.evidence li { display: flex; gap: .5rem; margin: .35rem 0; }
.evidence li > div { min-width: 0; }
.evidence .name { font-weight: 600; }
.evidence .more { color: var(--vscode-descriptionForeground); }
summary { cursor: pointer; }
summary h2 { display: inline-block; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 40rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border, transparent))); }
thead th { color: var(--vscode-descriptionForeground); font-weight: 600; }
tbody th { font-weight: 400; white-space: nowrap; }
tbody .mark { vertical-align: -.25em; margin: 0 .45em 0 0; }
tbody code { background: none; padding: 0; }
`;
