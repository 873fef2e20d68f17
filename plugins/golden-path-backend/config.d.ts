import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';

export interface Config {
  goldenPath?: {
    /**
     * Golden path files, or folders of them (`*.yaml` and `*.yml` directly inside). Absolute, or relative to the folder
     * the backend runs in. They are read again every minute; while one that was read before cannot be, all stay as they
     * were.
     */
    paths?: string[];

    /** The scan that finds changed entities and facts about to expire. */
    reconcile?: {
      /** Default: every minute, at most ten minutes long. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };

    /** How entities are evaluated. */
    evaluation?: {
      /** Entities evaluated at once by each replica. Default 4. */
      concurrency?: number;
    };

    /** How long facts may be believed; each is collected again after half of this. */
    facts?: {
      /** Default one hour. */
      catalog?: { ttl?: HumanDuration };
      /** Default two hours. */
      repository?: { ttl?: HumanDuration };
      /** Default twelve hours. */
      forge?: { ttl?: HumanDuration };
      /** Default one hour. */
      drift?: { ttl?: HumanDuration };
      /** Default one hour. */
      health?: { ttl?: HumanDuration };
    };

    /**
     * Limits on what is read of one repository or template. As many repositories as are evaluated at once are in memory.
     */
    repository?: {
      /** Default 20000. */
      maxFiles?: number;
      /** Files above this size count, but are not looked into. Default 1000000. */
      maxFileBytes?: number;
      /** Default 250000000. */
      maxTotalBytes?: number;
    };

    /** What is kept of the past. */
    history?: {
      /**
       * Days for which delivery events are kept. At least 271, since a window of 181 days needs the 90 before it. Default
       * 730.
       */
      eventDays?: number;
      /** Days for which contents of facts are kept, so that a changed path can be tried on them. Default 90. */
      days?: number;
    };

    /** Images with the level and score of an entity. */
    badges?: {
      /**
       * Whether anybody may see them, as a README on a forge needs it: whoever can reach the backend then learns the
       * level and score of any entity whose name they know. Default false.
       */
      public?: boolean;
    };

    /** Downstream health. */
    health?: {
      /** Length of the window when a request names none. Default 28. */
      windowDays?: number;
      /** How long after a deployment a failure is still attributed to it. Default 24. */
      attributionWindowHours?: number;
      /** Environment when a request names none. Default `production`. */
      environment?: string;
      /**
       * What senders call the same environment, by its name here: `production: [prod, live, 'production-*']`. Upper and
       * lower case are the same. Applied when an event comes; its body keeps what the sender said as
       * `environment.name`.
       */
      environments?: { [environment: string]: string[] };
      /**
       * Whether a failure that is linked to a deployment by time alone counts; it is shown as suspected in any case.
       * Default false.
       */
      countSuspected?: boolean;
      /** Hours without any event of an entity after which its numbers are stale. Default: the window. */
      staleAfterHours?: number;
      /**
       * IANA name of the zone that days, weeks and working hours are counted in, where an entity has no annotation
       * `golden-path.dev/time-zone`. Default UTC.
       */
      timeZone?: string;
      /** When work is not off-hours. */
      workingHours?: {
        /** 1 is Monday. Default Monday to Friday. */
        days?: number[];
        /** Hours of the day, such as 8.5. Default 9. */
        start?: number;
        /** Default 18. */
        end?: number;
      };
      /** Minutes that one manual step takes, for the estimates of toil. Default 10 each. */
      manualMinutes?: {
        trigger?: number;
        rollback?: number;
        retry?: number;
      };
      /** What a minute of a pipeline costs. */
      ciCost?: {
        perMinute: number;
        /** ISO 4217, such as USD. */
        currency: string;
      };
      /** Whether owners are notified of anomalies; needs the notifications plugin. Default true. */
      notifications?: boolean;
    };

    /** Tools that report what happened to `POST /v1/webhooks/<sender>`. One without a valid secret is refused. */
    webhooks?: {
      [sender: string]: {
        /** Any of them is enough, so that a secret is changed by having both for a while. */
        secrets?: Array<{
          /** @visibility secret */
          secret: string;
          /** When it is no longer taken, such as 2027-01-31. Default: never. */
          validUntil?: string;
        }>;
        /** The entity of messages that name none by service, artifact or repository; for a sender of one service. */
        entityRef?: string;
        /** As `health.environments`, for what this sender calls them, and asked first. */
        environments?: { [environment: string]: string[] };
      };
    };

    /** Delivery events from Backstage's events service. */
    events?: {
      /**
       * `golden-path.cdevents`, `github`, `gitlab`, and `golden-path.webhooks.<sender>`. Default
       * `[golden-path.cdevents]`.
       */
      topics?: string[];
    };

    /** Bills sent to `POST /v1/costs`. */
    costs?: {
      /** The tag or label that names the entity: its reference, name or service id. Default `service`. */
      tag?: string;
    };

    /** Updates of services to newer versions of their templates, proposed as branches and requests. */
    updates?: {
      /** Who the commits are by. */
      author?: {
        /** Default `Golden Path`. */
        name?: string;
        /** Default `golden-path@localhost`. */
        email?: string;
      };
      /**
       * Whether owners of services and templates are notified of updates and roll-outs; needs the notifications plugin.
       * Default true.
       */
      notifications?: boolean;
    };

    /** Exceptions from checks. */
    waivers?: {
      /**
       * Whether what a service's golden-path.yaml asks for waits for a decision (`required`, the default) or holds at once
       * (`automatic`). What is asked for through the API waits in both cases.
       */
      approval?: 'required' | 'automatic';
      /**
       * Whether who asked for a waiver may approve it. With `automatic`, what an approver asks for is approved at once
       * then. Default false.
       */
      allowSelfApproval?: boolean;
      /** How many days ahead a waiver may end. Default 180. */
      maxDays?: number;
    };
  };
}
