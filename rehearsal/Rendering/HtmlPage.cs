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
            {Style}
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
        foreach (var letter in Terminal.OneLine(text))
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
                case var _ when char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator:
                    safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
                default:
                    safe.Append(letter);
                    break;
            }
        }
        return safe.ToString();
    }

    private const string Style = """
        :root{--bg:#f7f8f9;--surface:#fff;--ink:#1b2127;--muted:#5b6671;--line:#dfe3e8;--soft:#eef1f4;--accent:#0b62c4;
        --create:#18743a;--update:#8a5a00;--replace:#7a3fd0;--delete:#c21f2c;--other:#5b6671;
        --critical:#a40e26;--high:#c9401c;--medium:#946200;--low:#2f6690;
        --add-bg:#e6f5ea;--del-bg:#fceaea;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        @media (prefers-color-scheme:dark){:root{--bg:#0f1317;--surface:#171c22;--ink:#e4e8ec;--muted:#98a4b0;--line:#2b333c;--soft:#1f262e;--accent:#6cb0ff;
        --create:#4cc26c;--update:#e0a83a;--replace:#bd94ff;--delete:#ff7b78;--other:#98a4b0;
        --critical:#ff6b81;--high:#ff8a5c;--medium:#e6b450;--low:#7cb8e8;--add-bg:#14301d;--del-bg:#3a1a1c}}
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
        svg.graph{display:block}.graph .line{fill:none;stroke:var(--muted);stroke-opacity:.45;stroke-width:1.3}
        .graph .node{fill:var(--soft);stroke:var(--line);stroke-width:1.5}.graph .label{font:600 12px var(--mono);fill:var(--ink)}.graph .kind{font:10.5px system-ui,sans-serif;fill:var(--muted)}
        .graph .node.create{fill:var(--surface);stroke:var(--create)}.graph .node.update{fill:var(--surface);stroke:var(--update)}.graph .node.replace{fill:var(--surface);stroke:var(--replace)}
        .graph .node.delete{fill:var(--surface);stroke:var(--delete);stroke-dasharray:5 3}.graph .node.options,.graph .node.move{fill:var(--surface);stroke:var(--other)}
        .graph a:hover .node,.graph a:focus .node{stroke-width:3}
        .legend{display:flex;flex-wrap:wrap;gap:.4rem 1rem;font-size:.85rem;margin:.5rem 0}
        footer{color:var(--muted);font-size:.85rem;padding:2rem 1.25rem 3rem}kbd{font-family:var(--mono);font-size:.85em;border:1px solid var(--line);border-bottom-width:2px;border-radius:.25rem;padding:0 .3rem;background:var(--surface)}
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
        for(const r of rules){for(const i of r.querySelectorAll('li'))i.hidden=!(words.every(w=>text(i).includes(w)||text(r.querySelector('.what')).includes(w))&&kinds.has(i.dataset.kind));r.hidden=!r.querySelector('li:not([hidden])')}
        count.value=n===changes.length?`${n} changes`:`${n} of ${changes.length} changes`};
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
        addEventListener('beforeprint',()=>changes.forEach(c=>c.open=true));
        const jump=()=>{const t=location.hash&&document.getElementById(location.hash.slice(1));if(t&&t.matches('.change')){if(t.hidden){find.value='';all('.filter input[type=checkbox]').forEach(i=>i.checked=true);show()}t.open=true;t.scrollIntoView()}};
        addEventListener('hashchange',jump);show();jump()}})();
        """;
}
