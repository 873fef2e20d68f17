import type { Fix } from './Fix';
import { dependencyCache, frozenInstall } from './installs';
import { jobTimeoutsAndConcurrency } from './jobTimeoutsAndConcurrency';
import { noPersistedCredentials } from './noPersistedCredentials';
import { codeowners, securityPolicy } from './ownership';
import { coolDown, ignoreInstallScripts, updateBot } from './packageSettings';
import { fixPinComments, pinActions, upgradeActions } from './pinActions';
import { restrictPermissions } from './restrictPermissions';

/**
 * The mechanical fixes by the name a check gives in `remediation.fix`, in the order in which they are applied.
 *
 * @public
 */
export const FIXES: ReadonlyMap<string, Fix> = new Map(
  [
    upgradeActions,
    pinActions,
    fixPinComments,
    restrictPermissions,
    noPersistedCredentials,
    jobTimeoutsAndConcurrency,
    frozenInstall,
    dependencyCache,
    updateBot,
    coolDown,
    ignoreInstallScripts,
    securityPolicy,
    codeowners,
  ].map(fix => [fix.name, fix]),
);
