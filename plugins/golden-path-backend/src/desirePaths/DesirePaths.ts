import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  DesirePath,
  DesirePathsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { EditFit, fitEdit, RenderValues, TreeMerger } from '@goldenpath/engine';
import { ServiceEditStore, SharedEdit } from '../database/ServiceEditStore';
import { TemplateReading } from '../drift/TemplateReader';
import { describeError } from '../service/describeError';
import { EntityAccess } from '../service/EntityAccess';
import { ByteCache } from '../versions/ByteCache';
import { EditProposals } from './EditProposals';

/** How many services must have made the same edit before it says something about the template. */
const THRESHOLD = 3;
const MOST_SHOWN = 50;
const MOST_FIT_BYTES = 20_000_000;

/** @internal */
export interface DesirePathsOptions {
  edits: ServiceEditStore;
  access: EntityAccess;
  readTemplate(templateRef: string): Promise<TemplateReading>;
  /** What a service's layer of the template was rendered with; `undefined` where its lock cannot be read. */
  valuesOf(
    entityRef: string,
    templateRef: string,
  ): Promise<RenderValues | undefined>;
  merger(): Promise<Pick<TreeMerger, 'mergeContents'>>;
  proposals: EditProposals;
}

/**
 * The same edit in several services of a template: what its users wish it said, as paths worn into a lawn tell where a
 * way is missing.
 * @internal
 */
export class DesirePaths {
  readonly #options: DesirePathsOptions;
  /** A fit takes several renderings, and stays as it is while the template does. */
  readonly #fits = new ByteCache<EditFit>({ mostBytes: MOST_FIT_BYTES });

  constructor(options: DesirePathsOptions) {
    this.#options = options;
  }

  async list(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<DesirePathsResponse> {
    const edits = await this.#visibleEdits(templateRef, credentials);
    const items = await Promise.all(
      edits.slice(0, MOST_SHOWN).map(edit => this.#describe(templateRef, edit)),
    );
    return {
      entityRef: templateRef,
      threshold: THRESHOLD,
      items,
      ...(await this.#options.proposals.possible(templateRef)),
    };
  }

  /**
   * Proposes an edit to the template's own repository; asking again gives the proposal that is there.
   *
   * @throws NotFoundError when no three services share it, InputError when it does not fit the template.
   */
  async propose(options: {
    templateRef: string;
    id: string;
    proposedBy: string;
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): Promise<DesirePath> {
    const { templateRef, id, credentials, proposedBy, signal } = options;
    const edits = await this.#visibleEdits(templateRef, credentials);
    const edit = edits.find(({ fingerprint }) => fingerprint === id);
    if (!edit) {
      throw new NotFoundError(
        `There is no edit ${id} that ${THRESHOLD} services share`,
      );
    }
    const fit = await this.#fit(templateRef, edit);
    if (fit.fit !== 'applicable') {
      throw new InputError(`The edit cannot be proposed: ${fit.reason}`);
    }
    await this.#options.proposals.propose({
      templateRef,
      edit,
      file: { path: fit.path, mode: fit.mode, content: fit.after },
      proposedBy,
      signal,
    });
    return this.#describe(templateRef, edit);
  }

  async #visibleEdits(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<SharedEdit[]> {
    const { edits, access } = this.#options;
    const shared = await edits.shared({ templateRef, threshold: THRESHOLD });
    if (await access.seesAll(credentials)) {
      return shared;
    }
    const visible = await access.visible(
      [...new Set(shared.flatMap(({ services }) => services))],
      credentials,
    );
    // Asked for anew, so that neither a number nor a line around an edit comes from a service the caller may not see
    return edits.shared({ templateRef, threshold: THRESHOLD, among: visible });
  }

  async #describe(templateRef: string, edit: SharedEdit): Promise<DesirePath> {
    const fit = await this.#fit(templateRef, edit);
    const proposal = await this.#options.proposals.of(
      templateRef,
      edit.fingerprint,
    );
    return {
      id: edit.fingerprint,
      path: edit.path,
      patch: edit.patch,
      services: edit.services,
      fit: fit.fit,
      ...(fit.fit === 'applicable'
        ? { source: { path: fit.path, patch: fit.patch } }
        : { reason: fit.reason }),
      ...(proposal && { proposal }),
    };
  }

  async #fit(templateRef: string, edit: SharedEdit): Promise<EditFit> {
    const reading = await this.#options.readTemplate(templateRef);
    if (reading.status === 'unreadable') {
      return { fit: 'by-hand', reason: reading.reason };
    }
    const { template } = reading;
    const key = [templateRef, template.digest, edit.fingerprint].join(' ');
    const known = this.#fits.get(key);
    if (known) {
      return known;
    }
    const values = await this.#anyValues(templateRef, edit);
    if (!values) {
      return {
        fit: 'by-hand',
        reason: 'No lock of these services can be read now',
      };
    }
    try {
      const fit = await fitEdit({
        path: edit.path,
        patch: edit.patch,
        manifest: template.manifest,
        parts: template.parts,
        values,
        merger: await this.#options.merger(),
      });
      this.#fits.set(key, fit, JSON.stringify(fit).length);
      return fit;
    } catch (error) {
      return { fit: 'by-hand', reason: describeError(error) };
    }
  }

  async #anyValues(
    templateRef: string,
    edit: SharedEdit,
  ): Promise<RenderValues | undefined> {
    for (const service of edit.services.slice(0, THRESHOLD)) {
      const values = await this.#options.valuesOf(service, templateRef);
      if (values) {
        return values;
      }
    }
    return undefined;
  }
}
