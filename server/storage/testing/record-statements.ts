import { recordStatements } from './statements.ts';

recordStatements();
