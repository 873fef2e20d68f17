import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogCredentials } from './catalogCredentials';

const auth = mockServices.auth();

it('asks in the name of the caller', async () => {
  const user = mockCredentials.user();
  expect(await catalogCredentials(user, auth)).toBe(user);
  const service = mockCredentials.service('external:any');
  expect(await catalogCredentials(service, auth)).toBe(service);
});

it('asks in its own name for a token that reaches this plugin alone', async () => {
  const restricted: BackstageCredentials = mockCredentials.service(
    'external:delivery-events',
    { permissionNames: ['golden-path.event.create'] },
  );
  expect(await catalogCredentials(restricted, auth)).toEqual(
    await auth.getOwnServiceCredentials(),
  );
});
