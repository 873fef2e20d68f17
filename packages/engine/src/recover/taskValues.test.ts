import { taskValues } from './taskValues';

const parameters = {
  name: 'pay',
  ports: [80, 81],
  destination: 'github',
  plan: undefined,
  public: false,
};

describe('taskValues', () => {
  it('gives expressions their type, and texts their text', () => {
    expect(
      taskValues({
        parameters,
        values: {
          name: '${{ parameters.name }}',
          title: 'The ${{ parameters.name }} service',
          ports: '${{ parameters.ports }}',
          plan: "${{ parameters.plan or 'free' }}",
          scanning:
            "${{ parameters.destination === 'github' and parameters.public }}",
          fixed: { tier: 2, list: ['${{ parameters.name }}'] },
        },
      }),
    ).toEqual({
      values: {
        name: 'pay',
        title: 'The pay service',
        ports: [80, 81],
        plan: 'free',
        scanning: false,
        fixed: { tier: 2, list: ['pay'] },
      },
      lost: [],
    });
  });

  it('says what cannot be known any more', () => {
    expect(
      taskValues({
        parameters,
        values: {
          token: '${{ secrets.npmToken }}',
          url: '${{ steps.publish.output.remoteUrl }}',
          absent: '${{ parameters.nothing }}',
          broken: '${{ parameters.name | nosuchfilter }}',
          name: '${{ parameters.name }}',
        },
      }),
    ).toEqual({
      values: { name: 'pay' },
      lost: ['token', 'url', 'absent', 'broken'],
    });
  });
});
