import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ScaffolderTasks } from './ScaffolderTasks';

const entity = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
});

const task = (id: string, name: string, action = 'golden-path:fetch') => ({
  id,
  status: 'completed',
  spec: {
    parameters: { name, ports: [80] },
    templateInfo: { entityRef: 'template:default/node' },
    steps: [
      { id: 'log', action: 'debug:log', input: { message: 'hello' } },
      {
        id: 'fetch',
        action,
        input: {
          values: {
            name: '${{ parameters.name }}',
            ports: '${{ parameters.ports }}',
            token: '${{ secrets.token }}',
          },
        },
      },
    ],
  },
});

const completion = (output: object) => [
  { type: 'log', body: { message: 'component:default/pay' } },
  { type: 'completion', body: { message: 'Done', output } },
];

function tasksOver(tasks: object[], logs: Record<string, object[]>) {
  const scaffolder = {
    listTasks: jest.fn(async ({ limit = 0, offset = 0 }) => ({
      items: tasks.slice(offset, offset + limit),
      totalItems: tasks.length,
    })),
    getLogs: jest.fn(async ({ taskId }) => logs[taskId] ?? []),
  };
  return {
    scaffolder,
    tasks: new ScaffolderTasks({
      scaffolder: scaffolder as any,
      auth: mockServices.auth(),
    }),
  };
}

const signal = new AbortController().signal;

describe('ScaffolderTasks', () => {
  it('finds the task whose output names the entity, with the values it was run with', async () => {
    const { tasks } = tasksOver([task('1', 'other'), task('2', 'pay')], {
      '1': completion({ links: [{ entityRef: 'component:default/other' }] }),
      '2': completion({ links: [{ entityRef: 'Component:default/pay' }] }),
    });
    expect(
      await tasks.find({ entity: entity('pay'), url: undefined, signal }),
    ).toEqual({
      taskId: '2',
      templateRef: 'template:default/node',
      values: { name: 'pay', ports: [80] },
      lost: ['token'],
    });
  });

  it('finds a task by the repository it made, and by no other of the same host', async () => {
    const { tasks } = tasksOver([task('1', 'pay', 'fetch:template')], {
      '1': completion({ remoteUrl: 'https://github.com/acme/pay.git' }),
    });
    const at = (url: string) =>
      tasks.find({ entity: entity('renamed'), url, signal });
    expect(await at('https://github.com/acme/pay/tree/main/')).toMatchObject({
      taskId: '1',
    });
    expect(
      await at('https://github.com/acme/payments/tree/main/'),
    ).toBeUndefined();
  });

  it('does not take a word in a log for an answer, nor a task that fetched nothing', async () => {
    const { tasks } = tasksOver(
      [task('1', 'pay'), task('2', 'pay', 'debug:log')],
      {
        '1': completion({}),
        '2': completion({ entityRef: 'component:default/pay' }),
      },
    );
    expect(
      await tasks.find({ entity: entity('pay'), url: undefined, signal }),
    ).toBeUndefined();
  });

  it('reads the log of a finished task once, and looks through all pages', async () => {
    const many = Array.from({ length: 150 }, (_, n) => task(`${n}`, `s${n}`));
    const { tasks, scaffolder } = tasksOver(many, {
      '149': completion({ entityRef: 'component:default/pay' }),
    });
    const find = () =>
      tasks.find({ entity: entity('pay'), url: undefined, signal });
    await expect(find()).resolves.toMatchObject({ taskId: '149' });
    await find();
    expect(scaffolder.getLogs).toHaveBeenCalledTimes(150);
  });
});
