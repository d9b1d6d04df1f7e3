import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Nothing may be loaded from elsewhere, and no script run but the page's own. */
export const STATUS_PAGE_POLICY = [
  "default-src 'none'",
  `script-src '${hashOf(PAGE_SCRIPT)}'`,
  `style-src '${hashOf(PAGE_STYLE)}'`,
  "connect-src 'self'",
  "base-uri 'none'",
].join('; ');

/** One page that listens to `/events` and shows every stream; complete in itself. */
export const STATUS_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Streams</title>
<style>${PAGE_STYLE}</style>
<h1>Streams <span id="line" class="pill">connecting</span></h1>
<main id="streams"></main>
<section class="card"><h2>What happened</h2><ol id="facts"></ol><p id="quiet">Nothing yet.</p></section>
<script>${PAGE_SCRIPT}</script>
</html>
`;

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
