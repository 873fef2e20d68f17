export {
  type CdeventBody,
  cdeventBody,
  type CdeventInput,
  type CdeventName,
} from './cdeventBody';
export { digestOf } from './digest';
export { type Translation, type WebhookDelivery } from './translation';
export { TranslationError } from './translationError';
export { translateAlertmanager } from './alertmanager/translateAlertmanager';
export { translateArgoCd } from './argo/translateArgoCd';
export { translateArgoRollouts } from './argo/translateArgoRollouts';
export { translateCircleci } from './circleci/translateCircleci';
export {
  type AuthorIdentity,
  type DisclosureInput,
  type DisclosureReading,
  readDisclosure,
} from './disclosure/readDisclosure';
export { translateFlagger } from './flagger/translateFlagger';
export { type GithubOptions, translateGithub } from './github/translateGithub';
export { translateGitlab } from './gitlab/translateGitlab';
export { translatePagerduty } from './pagerduty/translatePagerduty';
export * from './costs';
export * from './flags';
export * from './scans';
