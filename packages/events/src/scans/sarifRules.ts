import type {
  SarifLevel,
  SarifResult,
  SarifRule,
  SarifRuleReference,
  SarifRun,
} from './sarifLog';

type Component = SarifRun['tool']['driver'];

/** The part of the tool a reference points into: the driver, unless it names an extension. */
function componentOf(
  run: SarifRun,
  reference: SarifRuleReference['toolComponent'],
): Component | undefined {
  const { driver, extensions } = run.tool;
  if (!reference) {
    return driver;
  }
  const all = extensions ?? [];
  if (reference.index !== undefined && reference.index !== null) {
    return reference.index < 0 ? driver : all[reference.index];
  }
  return [driver, ...all].find(
    ({ guid, name }) =>
      (reference.guid && reference.guid === guid) ||
      (reference.name && reference.name === name),
  );
}

function at<T>(list: readonly T[] | null | undefined, index?: number | null) {
  return index === undefined || index === null || index < 0
    ? undefined
    : list?.[index];
}

/** `CA1000/1` is a case of the rule `CA1000`. */
function isIdOf(rule: SarifRule, id: string): boolean {
  return rule.id === id || id.startsWith(`${rule.id}/`);
}

/**
 * The rule a result is of: by its index, which is what counts where index and id disagree, else by id in the driver
 * and then in the extensions.
 */
export function ruleOf(
  run: SarifRun,
  result: SarifResult,
): SarifRule | undefined {
  const component = componentOf(run, result.rule?.toolComponent);
  const indexed = at(
    component?.rules,
    result.rule?.index ?? result.ruleIndex ?? undefined,
  );
  const id = result.ruleId ?? result.rule?.id;
  if (indexed || !id) {
    return indexed;
  }
  const rules = [run.tool.driver, ...(run.tool.extensions ?? [])].flatMap(
    part => part.rules ?? [],
  );
  return (
    rules.find(rule => rule.id === id) ?? rules.find(rule => isIdOf(rule, id))
  );
}

function overriddenLevel(
  run: SarifRun,
  result: SarifResult,
  rule: SarifRule | undefined,
): SarifLevel | undefined {
  const invocation = at(
    run.invocations,
    result.provenance?.invocationIndex ?? 0,
  );
  const override = invocation?.ruleConfigurationOverrides?.find(
    ({ descriptor }) =>
      descriptor &&
      rule &&
      (at(
        componentOf(run, descriptor.toolComponent)?.rules,
        descriptor.index,
      ) === rule ||
        (descriptor.id && isIdOf(rule, descriptor.id))),
  );
  return override?.configuration?.level ?? undefined;
}

/** The level of a result: its own, else as the run configured its rule, else the rule's default, else a warning. */
export function levelOf(
  run: SarifRun,
  result: SarifResult,
  rule: SarifRule | undefined,
): SarifLevel {
  return (
    result.level ??
    overriddenLevel(run, result, rule) ??
    rule?.defaultConfiguration?.level ??
    'warning'
  );
}
