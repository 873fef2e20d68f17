import { Knex } from 'knex';
import { DatabaseKind } from '../database';
import { BenchCheck } from '../workload/checks';

export interface ContenderContext {
  knex: Knex;
  kind: DatabaseKind;
  /** Number of entities. */
  entities: number;
  checks: BenchCheck[];
  /** Facts kept of each entity's past before the newest. */
  history: number;
}

/** One way to judge a fleet, with a database of its own. */
export interface Contender {
  name: string;
  /** Stores the facts of a generation of every entity. Not measured. */
  load(generation: number): Promise<void>;
  /** Judges every entity and stores what came of it, or, where nothing is stored, brings it about. */
  pass(): Promise<void>;
  /** What is shown of one entity: whether each check passed. */
  read(index: number): Promise<Record<string, boolean>>;
  close?(): Promise<void>;
}

export type CreateContender = (context: ContenderContext) => Promise<Contender>;
