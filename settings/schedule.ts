import { z } from "zod";
import { CRON_FORM } from "../model/cron-form";
import { cronFault } from "../model/schedule";
import { timeZoneFault } from "../model/time-zones";

/** When something happens again and again, of jobs and of scaling. */

export const cronText = z
    .string({ error: CRON_FORM })
    .refine(cron => cronFault(cron) === undefined, { error: ({ input }) => cronFault(String(input)) });

export const timeZoneText = z
    .string({ error: timeZoneFault("") })
    .refine(name => timeZoneFault(name) === undefined, { error: ({ input }) => timeZoneFault(String(input)) });
