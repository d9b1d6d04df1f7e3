import { didYouMean, MillraceError } from '@millrace/core';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { allCodes, type ExplainedCode } from '../explain/all-codes.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';

export interface ExplainFlags {
  readonly json?: boolean;
}

/** Prints the page of an error code, or lists all codes. */
export async function explain(
  { terminal }: CommandContext,
  text: string | undefined,
  { json }: ExplainFlags,
): Promise<ExitCode> {
  const codes = await allCodes();
  const { paint } = terminal;
  if (text === undefined) {
    if (json === true) terminal.printJson({ codes });
    else
      terminal.print(
        table(
          COLUMNS,
          codes.map(({ code, title }) => [code, title]),
          paint,
        ),
      );
    return EXIT.succeeded;
  }
  const page = find(codes, text);
  if (json === true) terminal.printJson(page);
  else terminal.print(pageLines(page, paint).join('\n'));
  return EXIT.succeeded;
}

const COLUMNS = [{ title: 'code' }, { title: 'meaning' }];

/** @throws MillraceError USAGE */
function find(codes: readonly ExplainedCode[], text: string): ExplainedCode {
  const wanted = text.toUpperCase().replaceAll('-', '_');
  const page = codes.find(({ code }) => code === wanted);
  if (page !== undefined) return page;
  const near = didYouMean(
    wanted,
    codes.map(({ code }) => code),
  );
  throw new MillraceError('USAGE', `there is no error code ${JSON.stringify(text)}`, {
    details: { code: text },
    help: near ?? 'list them with: millrace explain',
  });
}

function pageLines({ code, title, when, fix }: ExplainedCode, paint: Paint): string[] {
  return [
    `${paint(['bold', 'red'], code)}: ${paint('bold', title)}`,
    '',
    `${paint('bold', 'when')}        ${when}`,
    `${paint('bold', 'what to do')}  ${fix}`,
  ];
}
