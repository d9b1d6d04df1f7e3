import { langgraphAdapter } from './langgraph-adapter.ts';
import { openSqliteSaver } from './sqlite-saver.ts';

export const adapter = langgraphAdapter(openSqliteSaver);
