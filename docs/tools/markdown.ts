/** A fenced block of a page. */
export interface CodeBlock {
  /** First word of the info string: `ts`, `yaml`, `console`. Empty for a plain fence. */
  readonly language: string;
  /** The other words: `file=stages/score.ts` or `run`. */
  readonly flags: ReadonlyMap<string, string>;
  readonly text: string;
  /** Line of the first line of `text`, counted from 1. */
  readonly line: number;
}

/** A link of a page to a file or a heading. */
export interface PageLink {
  readonly target: string;
  readonly line: number;
}

export interface Page {
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly PageLink[];
  /** Names that `#...` may point at. */
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^(\s*)(`{3,})\s*(.*)$/;
const LINK = /\[(?:[^\]\\]|\\.)*\]\(([^)\s]+)\)/g;

/** Reads what the checks need of a page: its code, its links and its headings. */
export function readPage(text: string): Page {
  const blocks: CodeBlock[] = [];
  const links: PageLink[] = [];
  const anchors = new Set<string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = FENCE.exec(line);
    if (fence === null) {
      readProse(line, at + 1, { links, anchors });
      continue;
    }
    const start = at + 1;
    const closing = lines.findIndex((other, index) => index > at && other.trim() === fence[2]);
    at = closing === -1 ? lines.length : closing;
    const code = lines.slice(start, at).join('\n');
    blocks.push({ ...readInfo(fence[3] ?? ''), text: code, line: start + 1 });
  }
  return { blocks, links, anchors };
}

interface Prose {
  readonly links: PageLink[];
  readonly anchors: Set<string>;
}

function readProse(line: string, number: number, { links, anchors }: Prose): void {
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading !== null) anchors.add(unique(anchorOf(heading[1] ?? ''), anchors));
  for (const named of line.matchAll(/<a id="([^"]+)">/g)) anchors.add(named[1] ?? '');
  // Code is no link, and code inside the words of a link must not hide it.
  const visible = line.replaceAll(/`[^`]*`/g, 'code');
  for (const link of visible.matchAll(LINK)) links.push({ target: link[1] ?? '', line: number });
}

/** As GitHub names the anchor of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function unique(anchor: string, taken: ReadonlySet<string>): string {
  let name = anchor;
  for (let copy = 1; taken.has(name); copy++) name = `${anchor}-${copy}`;
  return name;
}

function readInfo(info: string): Pick<CodeBlock, 'language' | 'flags'> {
  const [language = '', ...words] = info.trim().split(/\s+/);
  const flags = words.map((word): [string, string] => {
    const equals = word.indexOf('=');
    return equals === -1 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  return { language, flags: new Map(flags) };
}
