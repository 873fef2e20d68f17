import { actionlint } from './actionlint';
import { catalogModel } from './catalog';
import { checkov } from './checkov';
import { gitlabCiLocal } from './gitlabCiLocal';
import { kubeconform, kustomize } from './kubernetes';
import { languageService } from './languageService';
import { schemas } from './schemas';
import { oslo, promtool, sloth } from './serviceLevels';
import { shellcheck } from './shellcheck';
import type { TemplateTool } from './templateTool';
import { zizmor } from './zizmor';

/** Every tool a rendered repository is checked with, the quick ones first. */
export const TEMPLATE_TOOLS: readonly TemplateTool[] = [
  schemas,
  catalogModel,
  languageService,
  actionlint,
  zizmor,
  checkov,
  kustomize,
  kubeconform,
  promtool,
  sloth,
  oslo,
  gitlabCiLocal,
  shellcheck,
];
