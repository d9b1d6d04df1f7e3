import { join } from 'node:path';
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import type { OpenSaver } from './langgraph-adapter.ts';

/** LangGraph's own saver as it is: in WAL mode, which with this driver means synchronous=NORMAL. */
export function openSqliteSaver(folder: string): OpenSaver {
  const saver = SqliteSaver.fromConnString(join(folder, 'langgraph.db'));
  return { saver, close: () => saver.db.close() };
}
