import { createHash } from 'node:crypto';
import { Waiver } from '@goldenpath/engine';
import { WaiverRow } from '../database/tables';
import { WaiverConfig } from './config';
import { isOpen } from './decide';
import { dayOf, latestDay } from './waiverDays';

/** What a service's file asks for: an exception from one check on every path. @internal */
export interface AskedInFile {
  check: string;
  reason: string;
  owner: string;
  expires: string;
}

/** A waiver that is new in the file. @internal */
export interface FileInsert {
  asked: AskedInFile;
  status: 'pending' | 'approved' | 'rejected';
  note: string | null;
}

/** What becomes of a waiver that is known. @internal */
export interface FileUpdate {
  id: string;
  check: string;
  /** For the audit log. */
  change: 'withdrawn' | 'shortened' | 'approved' | 'asked-again' | 'not-asked';
  set: Partial<Pick<WaiverRow, 'status' | 'expires' | 'in_file'>>;
  note?: string;
}

/** @internal */
export interface FilePlan {
  updates: FileUpdate[];
  inserts: FileInsert[];
}

type Rules = Pick<WaiverConfig, 'approval' | 'maxDays'> & { now: Date };

/** As long as a path lets the id of a check be; what is longer waives nothing. */
const LONGEST_CHECK_ID = 63;

/**
 * What a file asks for, one waiver a check: of several the one that lasts longest, as in scoring. Waivers of file paths
 * are not among them.
 * @internal
 */
export function askedInFile(waivers: Waiver[]): AskedInFile[] {
  const byCheck = new Map<string, AskedInFile>();
  for (const waiver of waivers) {
    const check = waiver.check && withoutNul(waiver.check);
    if (check && check.length <= LONGEST_CHECK_ID) {
      const asked = {
        check,
        reason: withoutNul(waiver.reason),
        owner: withoutNul(waiver.owner),
        expires: waiver.expires,
      };
      const other = byCheck.get(check);
      if (!other || sortKey(asked) > sortKey(other)) {
        byCheck.set(check, asked);
      }
    }
  }
  return [...byCheck.values()].sort((a, b) => (a.check < b.check ? -1 : 1));
}

/** Changes when records may have to: with what the file asks for, and with the way it is approved. @internal */
export function digestOfAsked(
  asked: AskedInFile[],
  approval: WaiverConfig['approval'],
): string {
  return createHash('sha256')
    .update(JSON.stringify([approval, asked]))
    .digest('hex');
}

/**
 * What has to change for the records to say what a file says.
 *
 * A record is followed (`in_file`) as long as the file says the same, whatever was decided about it. An earlier end needs
 * nobody's approval. Anything else that changed is a new request, and what was approved holds until that is approved or
 * its own day ends. What the file does not ask for any more is withdrawn.
 *
 * @param rows - the entity's records from its file that are followed, pending or approved
 * @internal
 */
export function planFile(
  rows: WaiverRow[],
  asked: AskedInFile[],
  rules: Rules,
): FilePlan {
  const plan: FilePlan = { updates: [], inserts: [] };
  const wanted = new Map(asked.map(item => [item.check, item]));
  const checks = new Set([...rows.map(row => row.check_id), ...wanted.keys()]);
  for (const check of checks) {
    const ofCheck = rows.filter(row => row.check_id === check);
    planCheck(plan, ofCheck, wanted.get(check), rules);
  }
  return plan;
}

function planCheck(
  plan: FilePlan,
  rows: WaiverRow[],
  wanted: AskedInFile | undefined,
  rules: Rules,
): void {
  const today = dayOf(rules.now);
  const followed = rows.find(row => row.in_file === 1);
  const open = rows.filter(row => isOpen(row, today));
  const same = wanted && followed && saysSame(followed, wanted);
  const kept = same ? followed : wanted && findKept(open, wanted);
  // What the file asks for until a day that is over, it does not ask for
  const asksFor = same || (wanted !== undefined && wanted.expires >= today);
  const added = kept || !asksFor ? undefined : statusOfNew(wanted!, rules);
  const approves =
    kept?.status === 'pending' &&
    open.includes(kept) &&
    rules.approval === 'automatic';

  if (followed && followed !== kept && !open.includes(followed)) {
    plan.updates.push(update(followed, 'not-asked', { in_file: null }));
  }
  for (const row of open.filter(other => other !== kept)) {
    // What holds goes on until somebody approves what is to take its place
    const stays =
      asksFor &&
      row.status === 'approved' &&
      kept?.status !== 'approved' &&
      added !== 'approved' &&
      !approves;
    if (!stays) {
      plan.updates.push(withdrawal(row, asksFor));
    } else if (row.in_file === 1) {
      plan.updates.push(update(row, 'not-asked', { in_file: null }));
    }
  }
  if (kept && wanted && (!same || approves)) {
    const shorter = kept.expires !== wanted.expires;
    const change = shorter ? 'shortened' : 'asked-again';
    plan.updates.push(
      update(kept, approves ? 'approved' : change, {
        in_file: 1,
        expires: wanted.expires,
        ...(approves && { status: 'approved' }),
      }),
    );
  }
  if (wanted && added) {
    const note = added === 'rejected' ? tooLong(wanted, rules) : null;
    plan.inserts.push({ asked: wanted, status: added, note });
  }
}

/** The open record whose words the file still uses, ending then or later; one that is approved before others. */
function findKept(
  open: WaiverRow[],
  wanted: AskedInFile,
): WaiverRow | undefined {
  const fitting = open.filter(
    row =>
      row.reason === wanted.reason &&
      row.owner === wanted.owner &&
      row.expires >= wanted.expires,
  );
  return fitting.find(row => row.status === 'approved') ?? fitting[0];
}

function statusOfNew(asked: AskedInFile, rules: Rules): FileInsert['status'] {
  if (asked.expires > latestDay(rules.now, rules.maxDays)) {
    return 'rejected';
  }
  return rules.approval === 'automatic' ? 'approved' : 'pending';
}

function tooLong(asked: AskedInFile, rules: Rules): string {
  return `It ends on ${asked.expires}, and a waiver may last ${
    rules.maxDays
  } days: put ${latestDay(
    rules.now,
    rules.maxDays,
  )} or an earlier day into golden-path.yaml`;
}

function update(
  row: WaiverRow,
  change: FileUpdate['change'],
  set: FileUpdate['set'],
): FileUpdate {
  return { id: row.id, check: row.check_id, change, set };
}

function withdrawal(row: WaiverRow, replaced: boolean): FileUpdate {
  return {
    ...update(row, 'withdrawn', { status: 'withdrawn', in_file: null }),
    note: replaced
      ? 'golden-path.yaml asks for another one in its place'
      : 'golden-path.yaml does not ask for it any more',
  };
}

function saysSame(row: WaiverRow, asked: AskedInFile): boolean {
  return (
    row.reason === asked.reason &&
    row.owner === asked.owner &&
    row.expires === asked.expires
  );
}

function sortKey({ expires, owner, reason }: AskedInFile): string {
  return JSON.stringify([expires, owner, reason]);
}

/** PostgreSQL keeps no NUL in a text. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
