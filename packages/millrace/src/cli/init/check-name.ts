import { basename } from 'node:path';
import { MillraceError } from '@millrace/core';

/** As npm wants the name of a package; a pipeline may be called anything. */
const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const LONGEST = 100;
/** npm installs no package into a package of the same name. */
const TAKEN = ['millrace', 'node_modules', 'favicon.ico'];

/** @throws MillraceError INIT_NAME for a name that no package may have */
export function checkName(name: string): string {
  const fault = nameFault(name);
  if (fault === undefined) return name;
  throw new MillraceError(
    'INIT_NAME',
    `a project cannot have the name ${JSON.stringify(name)}: it ${fault}`,
    {
      details: { name },
      help: `letters a-z, digits, "-", "_" and "."; for instance --name ${nameFrom(name)}`,
    },
  );
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (TAKEN.includes(name)) return 'is taken';
  return NAME.test(name) ? undefined : 'holds a character that npm does not allow';
}

/** The name that a folder suggests. */
export function nameOfFolder(folder: string): string {
  return nameFrom(basename(folder));
}

function nameFrom(text: string): string {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, LONGEST);
  return nameFault(name) === undefined ? name : 'my-pipeline';
}
