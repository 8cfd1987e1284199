using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.Rendering;

/// <summary>The frame of a page that stands alone: its looks and its script are in it, and its policy lets a browser run nothing else.</summary>
internal static class HtmlPage
{
    /// <summary>A page.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="body">Its content, as markup.</param>
    public static string Of(string title, string body)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{Text(title)}</title>
            <style>
            {Colours}
            {GraphColours.Rules}{Style}
            </style>
            </head>
            <body>
            {body}<script>{Script}</script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>A text as it may stand between tags and in attributes: no markup, no order to a terminal, no letters that turn the text around.</summary>
    public static string Text(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var letter in Terminal.Visible(text))
        {
            switch (letter)
            {
                case '&':
                    safe.Append("&amp;");
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    safe.Append("&gt;");
                    break;
                case '"':
                    safe.Append("&quot;");
                    break;
                case '\'':
                    safe.Append("&#39;");
                    break;
                default:
                    safe.Append(letter);
                    break;
            }
        }
        return safe.ToString();
    }

    /// <summary>A number of the summary.</summary>
    public static void Tile(StringBuilder page, int count, string words, string style)
        => page.Append(CultureInfo.InvariantCulture, $"<li><b class=\"{style}\">{count}</b><span>{words}</span></li>\n");

    /// <summary>The bar that filters: hidden until the script shows it.</summary>
    /// <param name="page">Takes it.</param>
    /// <param name="noun">What is counted, in the plural.</param>
    /// <param name="hint">What can be found.</param>
    /// <param name="kinds">What can be left out: the value of <c>data-kind</c>, the words beside the box, and its class.</param>
    public static void Filter(StringBuilder page, string noun, string hint, IEnumerable<(string Value, string Words, string Style)> kinds)
    {
        page.Append("<nav class=\"filter\" aria-label=\"Filter\" hidden><form><input type=\"search\" id=\"find\" aria-label=\"Find in ").Append(noun)
            .Append("\" placeholder=\"").Append(Text(hint)).Append("\">");
        foreach (var (value, words, style) in kinds)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<label class=\"{style}\"><input type=\"checkbox\" value=\"{Text(value)}\" checked>{Text(words)}</label>");
        }
        page.Append("<button type=\"button\" id=\"all\">Open or close all</button><output id=\"count\" data-noun=\"").Append(noun)
            .Append("\" aria-live=\"polite\"></output></form></nav>\n");
    }

    /// <summary>What the keys do.</summary>
    public static string Keys(string noun) => "<p class=\"keys\"><kbd>/</kbd> find, <kbd>Esc</kbd> show all, <kbd>j</kbd> <kbd>k</kbd> next and previous "
        + $"{noun}, <kbd>e</kbd> open or close all, <kbd>Enter</kbd> open one.</p>\n";

    /// <summary>The colours of pages in the light, and the letters of code.</summary>
    public const string Light = """
        --bg:#f7f8f9;--surface:#fff;--ink:#1b2127;--muted:#5b6671;--line:#dfe3e8;--soft:#eef1f4;--accent:#0b62c4;
        --create:#18743a;--update:#8a5a00;--replace:#7a3fd0;--delete:#c21f2c;--other:#5b6671;
        --critical:#a40e26;--high:#c9401c;--medium:#946200;--low:#2f6690;
        --add-bg:#e6f5ea;--del-bg:#fceaea;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace
        """;

    /// <summary>The same in the dark.</summary>
    public const string Dark = """
        --bg:#0f1317;--surface:#171c22;--ink:#e4e8ec;--muted:#98a4b0;--line:#2b333c;--soft:#1f262e;--accent:#6cb0ff;
        --create:#4cc26c;--update:#e0a83a;--replace:#bd94ff;--delete:#ff7b78;--other:#98a4b0;
        --critical:#ff6b81;--high:#ff8a5c;--medium:#e6b450;--low:#7cb8e8;--add-bg:#14301d;--del-bg:#3a1a1c;
        --mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace
        """;

    private const string Colours = ":root{" + Light + "}@media (prefers-color-scheme:dark){:root{" + Dark + "}}";

    private const string Style = """
        *{box-sizing:border-box}html{scroll-behavior:smooth;scroll-padding-top:4.5rem}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main,header.top,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
        header.top{padding-top:2rem}h1{font-size:1.7rem;line-height:1.2;margin:0 0 .4rem}h2{font-size:1.15rem;margin:2.2rem 0 .8rem}
        h3{font-size:.95rem;margin:1.4rem 0 .5rem;color:var(--muted);font-weight:600;overflow-wrap:anywhere}
        p{margin:.3rem 0}code,.mono{font-family:var(--mono);font-size:.86em}.muted{color:var(--muted)}a{color:var(--accent)}
        .sides{overflow-wrap:anywhere}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--surface);padding:.5rem 1rem;z-index:9}
        .tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1.1rem 0 0;padding:0;list-style:none}
        .tiles li{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.45rem .9rem;min-width:6.2rem}
        .tiles b{display:block;font-size:1.45rem;line-height:1.25}.tiles span{color:var(--muted);font-size:.85rem}
        .notes{margin:1.2rem 0 0;padding:.7rem 1rem;border:1px solid var(--line);border-left:4px solid var(--medium);border-radius:.4rem;background:var(--surface)}
        .filter{position:sticky;top:0;z-index:5;background:var(--bg);border-bottom:1px solid var(--line);margin-top:1.4rem}
        .filter form{max-width:76rem;margin:0 auto;padding:.6rem 1.25rem;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
        .filter input[type=search]{flex:1 1 16rem;min-width:10rem;font:inherit;padding:.4rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:var(--surface);color:var(--ink)}
        .filter label{display:inline-flex;gap:.35rem;align-items:center;white-space:nowrap}.filter button{font:inherit;padding:.35rem .8rem;border:1px solid var(--line);border-radius:.4rem;background:var(--surface);color:var(--ink);cursor:pointer}
        .filter output{color:var(--muted);font-size:.9rem}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        .rule,.change{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;margin:.6rem 0;overflow:hidden}
        .rule{padding:.8rem 1rem;border-left-width:4px}.rule ul{margin:.5rem 0 0;padding:0 0 0 1.1rem}.rule li{margin:.15rem 0;overflow-wrap:anywhere}
        .badge{display:inline-block;font-size:.75rem;font-weight:600;line-height:1.5;padding:.05rem .55rem;border-radius:1rem;border:1px solid currentColor;white-space:nowrap}
        .critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}
        .rule.critical{border-left-color:var(--critical)}.rule.high{border-left-color:var(--high)}.rule.medium{border-left-color:var(--medium)}.rule.low{border-left-color:var(--low)}
        .rule{color:var(--ink)!important}
        .create{color:var(--create)}.update{color:var(--update)}.replace{color:var(--replace)}.delete{color:var(--delete)}.options,.move{color:var(--other)}
        .change>summary{cursor:pointer;padding:.55rem .9rem;display:flex;flex-wrap:wrap;gap:.25rem .7rem;align-items:center;list-style:none}
        .change>summary::before{content:"\25B8";color:var(--muted)}.change[open]>summary::before{content:"\25BE"}.change>summary:hover{background:var(--soft)}
        .change .name{font-weight:600;overflow-wrap:anywhere}.change .type{color:var(--muted);overflow-wrap:anywhere}.change:target{border-color:var(--accent)}
        .change p{margin:.3rem .9rem}.scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-family:var(--mono);font-size:.82rem}
        td,th{padding:.3rem .9rem;border-top:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-family:system-ui,sans-serif;font-weight:600;color:var(--muted);font-size:.78rem}
        td:first-child{width:38%}td.was{background:var(--del-bg)}td.now{background:var(--add-bg)}pre{margin:0;white-space:pre-wrap}
        ins,del{display:block;text-decoration:none}ins{background:var(--add-bg)}del{background:var(--del-bg)}
        .picture{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;overflow:auto;max-height:75vh;padding:.5rem}
        svg.graph{display:block}
        .graph .node.create{fill:var(--surface);stroke:var(--create)}.graph .node.update{fill:var(--surface);stroke:var(--update)}.graph .node.replace{fill:var(--surface);stroke:var(--replace)}
        .graph .node.delete{fill:var(--surface);stroke:var(--delete);stroke-dasharray:5 3}.graph .node.options,.graph .node.move{fill:var(--surface);stroke:var(--other)}
        .graph a:hover .node,.graph a:focus .node{stroke-width:3}
        .legend{display:flex;flex-wrap:wrap;gap:.4rem 1rem;font-size:.85rem;margin:.5rem 0}
        footer{color:var(--muted);font-size:.85rem;padding:2rem 1.25rem 3rem}kbd{font-family:var(--mono);font-size:.85em;border:1px solid var(--line);border-bottom-width:2px;border-radius:.25rem;padding:0 .3rem;background:var(--surface)}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr));gap:.7rem;padding:0;margin:0;list-style:none}.cards li{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .95rem;overflow-wrap:anywhere}
        .cards .name{font-weight:600}.cards p{font-size:.92rem}.pages{font-size:.88rem!important}.concept{font-size:1.05rem;color:var(--ink)}.concept .muted{font-weight:400;font-size:.85rem}
        .change.in1{margin-left:1rem}.change.in2{margin-left:2rem}.change.in3{margin-left:3rem}.change.in4{margin-left:4rem}
        dl{display:grid;grid-template-columns:minmax(6rem,9rem) minmax(0,1fr);gap:.35rem 1rem;margin:0;padding:.5rem .9rem .8rem;border-top:1px solid var(--line)}dt{color:var(--muted);font-size:.85rem}dd{margin:0;overflow-wrap:anywhere}
        dd pre,.block pre{font-family:var(--mono);font-size:.82rem;line-height:1.45;overflow-wrap:anywhere;background:var(--soft);border-radius:.35rem;padding:.5rem .7rem}.block{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .9rem;overflow-wrap:anywhere}.block summary{cursor:pointer}
        .legend .graph{display:inline-flex;flex-wrap:wrap;gap:.3rem .4rem;align-items:center}.legend .graph svg{margin-left:.5rem}.fit{margin:.2rem 0 .5rem;font-size:.9rem}.fit:has(input:checked)+.picture>svg{width:100%;height:auto;max-height:calc(75vh - 1.2rem)}
        body{overflow-x:clip}@media (min-width:78rem){.picture.wide{margin-inline:calc(50% - 50vw + 1.25rem)}}
        @media (max-width:40rem){dl{grid-template-columns:minmax(0,1fr);gap:.1rem}dd{margin-bottom:.5rem}.change.in1,.change.in2,.change.in3,.change.in4{margin-left:.5rem}.change .type{display:none}.filter{position:static}}
        [hidden]{display:none!important}
        @media print{body{background:#fff;font-size:10.5pt}.filter,.skip,.keys{display:none}.rule,.change,.tiles li{break-inside:avoid}.change{break-inside:auto}
        .picture{max-height:none;overflow:visible;border:0}svg.graph{max-width:100%;height:auto}details::details-content{content-visibility:visible!important;block-size:auto!important}}
        """;

    private const string Script = """
        (()=>{const all=s=>[...document.querySelectorAll(s)],changes=all('.change'),rules=all('.rule'),find=document.querySelector('#find'),
        count=document.querySelector('#count'),texts=new Map();
        const text=e=>{let t=texts.get(e);if(t===undefined){t=e.textContent.toLowerCase();texts.set(e,t)}return t};
        const show=()=>{const words=find.value.toLowerCase().split(/\s+/).filter(Boolean),kinds=new Set(all('.filter input:checked').map(i=>i.value));
        let n=0;for(const c of changes){const group=c.closest('section'),ok=kinds.has(c.dataset.kind)&&words.every(w=>text(c).includes(w)||group.dataset.name.includes(w));c.hidden=!ok;if(ok)n++}
        for(const s of all('section.component'))s.hidden=!s.querySelector('.change:not([hidden])');
        for(const r of rules){for(const i of r.querySelectorAll('li'))i.hidden=!(words.every(w=>text(i).includes(w)||text(r.querySelector('.what')).includes(w))&&(!i.dataset.kind||kinds.has(i.dataset.kind)));r.hidden=!r.querySelector('li:not([hidden])')}
        const noun=count.dataset.noun;count.value=n===changes.length?`${n} ${noun}`:`${n} of ${changes.length} ${noun}`};
        if(find){document.querySelector('.filter').hidden=false;find.addEventListener('input',show);all('.filter input[type=checkbox]').forEach(i=>i.addEventListener('change',show));
        const open=o=>changes.forEach(c=>{if(!c.hidden)c.open=o});
        document.querySelector('#all').addEventListener('click',()=>open(!changes.every(c=>c.hidden||c.open)));
        document.querySelector('.filter form').addEventListener('submit',e=>e.preventDefault());
        document.addEventListener('keydown',e=>{if(e.ctrlKey||e.metaKey||e.altKey)return;const typing=e.target===find;
        if(e.key==='/'&&!typing){e.preventDefault();find.focus();find.select()}
        else if(e.key==='Escape'){find.value='';show();find.blur()}
        else if(!typing&&(e.key==='j'||e.key==='k')){const seen=changes.filter(c=>!c.hidden),at=seen.findIndex(c=>c.contains(document.activeElement)),next=seen[at<0?(e.key==='j'?0:seen.length-1):at+(e.key==='j'?1:-1)];
        if(next){next.querySelector('summary').focus();next.scrollIntoView({block:'nearest'})}}
        else if(!typing&&e.key==='e')document.querySelector('#all').click()});
        addEventListener('beforeprint',()=>all('details').forEach(c=>c.open=true));
        const jump=()=>{const t=location.hash&&document.getElementById(location.hash.slice(1));if(t&&t.matches('.change')){if(t.hidden){find.value='';all('.filter input[type=checkbox]').forEach(i=>i.checked=true);show()}t.open=true;t.scrollIntoView()}};
        addEventListener('hashchange',jump);show();jump()}})();
        """;
}
