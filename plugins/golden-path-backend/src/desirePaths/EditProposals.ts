import { ServiceUnavailableError } from '@backstage/errors';
import { DesirePath } from '@goldenpath/backstage-plugin-golden-path-common';
import { ChangeHost } from '@goldenpath/backstage-plugin-golden-path-node';
import { FileMode } from '@goldenpath/engine';
import { Knex } from 'knex';
import { SharedEdit } from '../database/ServiceEditStore';

/** @internal */
export interface EditProposalRow {
  template_ref: string;
  fingerprint: string;
  branch: string;
  host: string;
  url: string;
  source_url: string;
  state: 'open' | 'merged' | 'closed';
  proposed_by: string;
  proposed_at: string;
}

/** @internal */
export interface ProposedFile {
  path: string;
  mode: FileMode;
  content: string;
}

/** @internal */
export interface EditProposalsOptions {
  knex: Knex;
  /** Address of the template's folder, or why it has none that changes can be proposed to. */
  locate(
    templateRef: string,
  ): Promise<{ url: string; host: ChangeHost } | { refusal: string }>;
  /** Pushes one file of the repository as a branch. */
  push(options: {
    host: ChangeHost;
    url: string;
    branch: string;
    file: ProposedFile;
    message: string;
    date: Date;
    signal: AbortSignal;
  }): Promise<void>;
  now?: () => Date;
}

/** Edits of services that were proposed to their template, and what became of them. @internal */
export class EditProposals {
  readonly #options: EditProposalsOptions;
  readonly #now: () => Date;

  constructor(options: EditProposalsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Whether a change of the template can be proposed, and what it is called there. */
  async possible(
    templateRef: string,
  ): Promise<{ noun: string } | { refusal: string }> {
    const place = await this.#options.locate(templateRef);
    return 'refusal' in place ? place : { noun: place.host.noun };
  }

  async of(
    templateRef: string,
    fingerprint: string,
  ): Promise<DesirePath['proposal']> {
    const row = await this.#row(templateRef, fingerprint);
    return row && { url: row.url, state: await this.#stateOf(row) };
  }

  /** Pushes the branch and opens the request; safe to call again. */
  async propose(options: {
    templateRef: string;
    edit: SharedEdit;
    file: ProposedFile;
    proposedBy: string;
    signal: AbortSignal;
  }): Promise<void> {
    const { templateRef, edit, file, proposedBy, signal } = options;
    const place = await this.#options.locate(templateRef);
    if ('refusal' in place) {
      throw new ServiceUnavailableError(place.refusal);
    }
    const { host, url } = place;
    const branch = `golden-path/desire-path-${edit.fingerprint
      .replace(/^sha256:/, '')
      .slice(0, 12)}`;
    const known = await this.#row(templateRef, edit.fingerprint);
    const date = known ? new Date(known.proposed_at) : this.#wholeSecond();
    const title = `Take over what ${edit.services.length} services do in ${edit.path}`;
    await this.#options.push({
      host,
      url,
      branch,
      file,
      message: title,
      date,
      signal,
    });
    const request = await host.open({
      url,
      branch,
      title,
      body: bodyOf(edit),
      draft: false,
      signal,
    });
    await this.#options
      .knex<EditProposalRow>('edit_proposals')
      .insert({
        template_ref: templateRef,
        fingerprint: edit.fingerprint,
        branch,
        host: host.id,
        url: request.url,
        source_url: url,
        state: request.state,
        proposed_by: proposedBy,
        proposed_at: date.toISOString(),
      })
      .onConflict(['template_ref', 'fingerprint'])
      .merge(['url', 'state']);
  }

  async #row(
    templateRef: string,
    fingerprint: string,
  ): Promise<EditProposalRow | undefined> {
    return this.#options
      .knex<EditProposalRow>('edit_proposals')
      .where({ template_ref: templateRef, fingerprint })
      .first();
  }

  /** As the host has it now; as it last was where the host cannot be asked. */
  async #stateOf(row: EditProposalRow): Promise<EditProposalRow['state']> {
    if (row.state !== 'open') {
      return row.state;
    }
    const place = await this.#options.locate(row.template_ref);
    if ('refusal' in place || place.host.id !== row.host) {
      return row.state;
    }
    try {
      const found = await place.host.state({
        url: row.source_url,
        branch: row.branch,
        signal: AbortSignal.timeout(5_000),
      });
      const state = found?.state ?? row.state;
      if (state !== row.state) {
        await this.#options
          .knex<EditProposalRow>('edit_proposals')
          .where({
            template_ref: row.template_ref,
            fingerprint: row.fingerprint,
          })
          .update({ state });
      }
      return state;
    } catch {
      return row.state;
    }
  }

  #wholeSecond(): Date {
    return new Date(Math.floor(this.#now().getTime() / 1000) * 1000);
  }
}

function bodyOf(edit: SharedEdit): string {
  const services = edit.services.slice(0, 50).map(ref => `- \`${ref}\``);
  const more = edit.services.length - services.length;
  const fence = '`'.repeat(
    Math.max(3, ...[...edit.patch.matchAll(/`+/g)].map(m => m[0].length + 1)),
  );
  return [
    `These services made the same edit to \`${edit.path}\`, which the template gave them:`,
    '',
    ...services,
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    `${fence}diff`,
    edit.patch.trimEnd(),
    fence,
    '',
    'The change below makes the template say it itself. Give it a version and an entry in the changelog; the services then have it already, and their drift from it ends with their next update.',
  ].join('\n');
}
