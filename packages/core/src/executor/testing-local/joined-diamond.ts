import type { ModelPipeline } from '../../pipeline/index.ts';
import { keyed, type Params } from './keyed.ts';
import { sketch } from './run-pipeline.ts';

/** a -> b -> d and a -> c -> d; each adds its name to what it reads. `p` are params of a. */
export function joinedDiamond(p: Params = {}): ModelPipeline {
  const join = (out: string, inputs: readonly string[]): ReturnType<typeof keyed> =>
    keyed(inputs, [out], (read) => ({ [out]: [...Object.values(read), out].join('') }));
  return sketch({
    a: {
      with: p,
      tags: ['source'],
      does: keyed([], ['a'], (_, own) => ({ a: `a${own.x ?? ''}` })),
    },
    b: { needs: ['a'], does: join('b', ['a']) },
    c: { needs: ['a'], tags: ['side'], does: join('c', ['a']) },
    d: { needs: ['b', 'c'], does: join('d', ['b', 'c']) },
  });
}

/** What it ends with. */
export const WHOLE = { a: 'a', b: 'ab', c: 'ac', d: 'abacd' };
