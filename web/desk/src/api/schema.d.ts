// Generated from api/openapi.yaml by "npm run generate"; do not edit.
export interface paths {
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something and get a receipt. */
        post: operations["receiveWords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/with_files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same with photos, as a form.
         * @description Pictures are made smaller and lose where and with what they were taken before they are kept.
         */
        post: operations["receiveWordsWithFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}": {
        parameters: {
            query?: never;
            header?: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        /** One's own case - state, dates and why they are so, what happened, and what one can do now. */
        get: operations["showReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/attachments/{content}": {
        parameters: {
            query?: never;
            header?: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
                content: components["parameters"]["Content"];
            };
            cookie?: never;
        };
        /** A file that was sent with it. */
        get: operations["showReceiptAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/supplemented": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add something (field words). */
        post: operations["supplement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/urged": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that one is still waiting; at most every three days. */
        post: operations["urge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/withdrawn": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back. */
        post: operations["withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/rated": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether it is solved (fields solved, satisfaction, words, asks_rehandling). */
        post: operations["rate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/review_requested": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the next higher body to review the answer (field words). */
        post: operations["requestReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/steps/recheck_requested": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the body above the reviewing one to check again (field words). */
        post: operations["requestRecheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/code": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new code in place of one that somebody else may have seen. The old one opens nothing any more.
         * @description When the answer is lost, the same request with the old code and the same key gives the new code again.
         */
        post: operations["replaceCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/{number}/activate": {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the activation code that a clerk handed over for a query code of one's own, once. */
        post: operations["activateReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["showSession"];
        put?: never;
        /** Sign in. The answer sets the session cookie. */
        post: operations["signIn"];
        /** Sign out, here and on the server. */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/office/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down what somebody said at the counter, on the phone or in a letter.
         * @description The answer has an activation code to hand over. The speaker makes it a query code of their own.
         */
        post: operations["receiveAtTheCounter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much waits for the unit, by what is to be done. */
        get: operations["showQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for the unit, the earliest due first. */
        get: operations["showQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** A case of the unit. Who the speaker is stands nowhere in it. */
        get: operations["showCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/attachments/{content}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                content: components["parameters"]["Content"];
            };
            cookie?: never;
        };
        /** A file of the case. */
        get: operations["showAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** The steps that you can take now, each with its fields. */
        get: operations["showSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/steps/{kind}": {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["CaseId"];
                /** @description As `kind` of an open step: transferred, answered, … */
                kind: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a step. Which permission it needs is the step's own. */
        post: operations["takeStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/phone": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The number to call somebody who asked to be called about the answer. The speaker reads who opened it and why. */
        post: operations["revealPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the dispatching body asks next, the earliest due first - about the answer, or whether it is still solved. */
        get: operations["listCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/supervision/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that stand still, the longest first. */
        get: operations["listWatchedCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/supervision/workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies with each unit, in the order of their names, and how long each list is. */
        get: operations["showWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/supervision/rechecks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said 28 and 90 days after "solved", by the unit that answered, and how the sample is drawn. */
        get: operations["showRechecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Towns and villages whose name holds a text. */
        get: operations["searchPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every unit of the county, by code. */
        get: operations["listUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The categories of one scheme. */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch_suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the rules would send a matter of this kind at this place, and why. A person decides. */
        get: operations["suggestDispatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This file. */
        get: operations["showContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/problems.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every problem code with its status and meaning. */
        get: operations["showProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            login: string;
            display_name: string;
            role: components["schemas"]["Role"];
            unit: components["schemas"]["MaybeUnit"];
            county: string;
            /** @description What the role may do at all; what depends on one case is told with that case. */
            permissions: string[];
        };
        Uuid: string;
        Time: string;
        MaybeTime: null | components["schemas"]["Time"];
        /** @description Counts what has happened to the case; send it back as expected_seq. */
        Seq: number;
        ReceiptNumber: string;
        Code: string;
        PlaceCode: string;
        CategoryCode: string;
        /** @enum {unknown} */
        Track: "petition" | "hotline" | "suggestion" | "accusation" | "open311";
        /** @enum {unknown} */
        Channel: "web" | "phone" | "face_to_face" | "letter" | "fax" | "visit" | "survey" | "import" | "api" | "open311" | "from_superior" | "leader_note";
        /** @enum {unknown} */
        State: "registered" | "triaged" | "held" | "dispatched" | "objected" | "signed_in" | "accepted" | "in_hearing" | "in_mediation" | "parked" | "answered" | "called_back" | "closed" | "review_requested" | "reviewed" | "recheck_requested" | "rechecked" | "concluded" | "answered_on_spot" | "to_emergency" | "to_legal_road" | "not_accepted" | "closed_to_repeat" | "merged" | "withdrawn" | "voided";
        /** @enum {unknown} */
        Part: "dispatch" | "lead" | "co" | "call_back" | "close" | "asked" | "review" | "ask_again" | "reopen";
        /** @enum {unknown} */
        Role: "anyone" | "speaker" | "clerk" | "dispatcher" | "caller" | "handler" | "unit_head" | "leader" | "supervisor" | "auditor" | "system_admin" | "security_admin" | "audit_admin" | "system";
        /** @enum {unknown} */
        Outcome: "supported" | "partly_supported" | "explained" | "not_supported" | "adopted" | "partly_adopted" | "not_adopted" | null;
        /** @enum {unknown} */
        Solved: "yes" | "partly" | "no" | null;
        /** @enum {unknown} */
        Satisfaction: "satisfied" | "mostly" | "dissatisfied" | null;
        /** @enum {unknown} */
        Urgency: "ordinary" | "danger_to_life" | "utilities_cut" | "complex";
        Unit: {
            id: components["schemas"]["Uuid"];
            name: string;
        };
        MaybeUnit: null | components["schemas"]["Unit"];
        /** @description How to reach the speaker, if they want that. Sealed; no answer of this interface contains it. */
        Contact: {
            name?: string | null;
            phone?: string | null;
            address?: string | null;
            /**
             * @description How to say that there is an answer.
             * @enum {unknown}
             */
            way?: "sms" | "mail" | "voice" | "paper" | null;
            /** @enum {unknown} */
            language?: "zh-CN" | "en" | null;
        };
        Words: {
            text: string;
            /** @description Division code of the town or village. */
            place?: string | null;
            /** @description Where it is */
            place_words?: string | null;
            contact?: components["schemas"]["Contact"];
            /** @description About the answer; needs contact.phone. */
            may_be_called?: boolean | null;
            /** @enum {unknown} */
            track?: "petition" | "hotline" | "suggestion" | "accusation" | null;
            /** Format: date-time */
            happened_at?: string | null;
        };
        WordsAtTheCounter: {
            title?: string | null;
            text: string;
            /** @enum {unknown} */
            channel?: "face_to_face" | "phone" | "letter" | "fax" | "visit" | "from_superior" | "leader_note" | null;
            place?: string | null;
            place_words?: string | null;
            contact?: components["schemas"]["Contact"];
            may_be_called?: boolean | null;
            /** @enum {unknown} */
            track?: "petition" | "hotline" | "suggestion" | "accusation" | null;
            /** Format: date-time */
            happened_at?: string | null;
        };
        Receipt: {
            number: components["schemas"]["ReceiptNumber"];
            query_code: components["schemas"]["Code"];
            received_at: components["schemas"]["Time"];
            /** @description This key had been used before. */
            repeated: boolean;
        };
        CounterReceipt: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            activation_code: components["schemas"]["Code"];
            received_at: components["schemas"]["Time"];
            repeated: boolean;
        };
        Step: {
            /** @description By the names that the open step lists. Every value is text - dates as 2025-09-26, flags as yes. */
            fields?: {
                [key: string]: string;
            } | null;
            /** @description What you had read. When the case has gone on since, the answer is 409. */
            expected_seq?: number | null;
            /**
             * Format: date-time
             * @description If not now.
             */
            happened_at?: string | null;
        };
        OpenStep: {
            kind: string;
            /** @description The article it rests on. */
            basis: string;
            fields: {
                name: string;
                /** @enum {unknown} */
                form: "words" | "choice" | "unit" | "other_case" | "place" | "category" | "date" | "count" | "flag";
                required: boolean;
                choices?: string[];
            }[];
        };
        Clock: {
            rule: string;
            pack: string;
            label: string;
            /** @description How long - from when - what was not counted - on what it rests. */
            explanation: string;
            started: components["schemas"]["Time"];
            due: components["schemas"]["Time"];
            paused_at: components["schemas"]["MaybeTime"];
            met_at: components["schemas"]["MaybeTime"];
            /** @description The calendar does not reach so far yet. */
            provisional: boolean;
            /** @description A window of the speaker's; else a duty of an office. */
            yours: boolean;
        };
        File: {
            id: components["schemas"]["Uuid"];
            media_type: string;
            size: number;
        };
        Happening: {
            kind: string;
            seq?: components["schemas"]["Seq"];
            happened_at: components["schemas"]["Time"];
            recorded_at: components["schemas"]["Time"];
            role: components["schemas"]["Role"];
            unit: components["schemas"]["MaybeUnit"];
            facts: {
                [key: string]: string;
            };
            texts: {
                field: string;
                text: string;
            }[];
            attachments: components["schemas"]["File"][];
        };
        SaidWords: {
            title: string;
            text: string;
            place_words: string;
        };
        Place: {
            code: string | null;
            path: string;
        };
        MaybeCategory: null | {
            code: components["schemas"]["CategoryCode"];
            name: string;
        };
        OwnCase: {
            number: components["schemas"]["ReceiptNumber"];
            track: components["schemas"]["Track"];
            channel: components["schemas"]["Channel"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            received_at: components["schemas"]["Time"];
            changed_at: components["schemas"]["Time"];
            place: components["schemas"]["Place"];
            category: components["schemas"]["MaybeCategory"];
            lead_unit: components["schemas"]["MaybeUnit"];
            outcome: components["schemas"]["Outcome"];
            answered_at: components["schemas"]["MaybeTime"];
            solved: components["schemas"]["Solved"];
            satisfaction: components["schemas"]["Satisfaction"];
            /** @description How often a unit said that it is another's. */
            returned: number;
            reopened: number;
            urged: number;
            erased: boolean;
            /** @description Its speaker holds the code themselves. */
            activated: boolean;
            words: components["schemas"]["SaidWords"];
            clocks: components["schemas"]["Clock"][];
            timeline: components["schemas"]["Happening"][];
            steps: components["schemas"]["OpenStep"][];
        };
        OfficeCase: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            track: components["schemas"]["Track"];
            channel: components["schemas"]["Channel"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            received_at: components["schemas"]["Time"];
            changed_at: components["schemas"]["Time"];
            place: components["schemas"]["Place"];
            category: components["schemas"]["MaybeCategory"];
            urgency: components["schemas"]["Urgency"];
            dispatching_unit: components["schemas"]["MaybeUnit"];
            first_unit: components["schemas"]["MaybeUnit"];
            lead_unit: components["schemas"]["MaybeUnit"];
            review_unit: components["schemas"]["MaybeUnit"];
            co_units: components["schemas"]["MaybeUnit"][];
            outcome: components["schemas"]["Outcome"];
            answered_at: components["schemas"]["MaybeTime"];
            solved: components["schemas"]["Solved"];
            satisfaction: components["schemas"]["Satisfaction"];
            returned: number;
            reopened: number;
            urged: number;
            extended_days: number;
            callback_attempts: number;
            may_be_called: boolean;
            merged_into: string | null;
            erased: boolean;
            words: components["schemas"]["SaidWords"];
            clocks: components["schemas"]["Clock"][];
            timeline: components["schemas"]["Happening"][];
        };
        QueueLine: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            track: components["schemas"]["Track"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            headline: string;
            due: components["schemas"]["MaybeTime"];
            received_at: components["schemas"]["Time"];
            changed_at: components["schemas"]["Time"];
            place: string | null;
            category: string | null;
            urgency: components["schemas"]["Urgency"];
            returned: number;
            reopened: number;
            urged: number;
        };
        /** @enum {unknown} */
        PartOfDay: "morning" | "afternoon" | "evening";
        CallbackLine: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            headline: string;
            due: components["schemas"]["MaybeTime"];
            answered_at: components["schemas"]["MaybeTime"];
            lead_unit: components["schemas"]["MaybeUnit"];
            /** @description False: they asked for no call; they are asked in writing only. */
            may_be_called: boolean;
            /**
             * @description 0: about the answer. 28, 90: whether it is still solved.
             * @enum {unknown}
             */
            day: 0 | 28 | 90;
            asked_at: components["schemas"]["MaybeTime"];
            attempts: number;
            tried: components["schemas"]["PartOfDay"][];
            /** @description Parts of the day in which nobody has called yet. */
            missing: components["schemas"]["PartOfDay"][];
            unreachable_allowed: boolean;
            /** @description From when on somebody who wished no call may be recorded as not having answered. */
            in_writing_from: components["schemas"]["MaybeTime"];
        };
        /** @enum {unknown} */
        Watch: "overdue" | "silent_half" | "silent_co" | "sent_back" | "bouncing" | "owed" | "asks_again";
        WatchLine: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            headline: string;
            unit: components["schemas"]["MaybeUnit"];
            /** @description Since when; for orders and recommendations the date by which the answer is owed. */
            at: components["schemas"]["Time"];
            due: components["schemas"]["MaybeTime"];
            received_at: components["schemas"]["Time"];
            place: string | null;
            category: string | null;
            returned: number;
            reopened: number;
            urged: number;
            joint_conference: boolean;
        };
        UnitLoad: {
            unit: components["schemas"]["Unit"];
            open: number;
            /** @description Due within three days. */
            due_soon: number;
            overdue: number;
            /** @description Half the time gone and nothing done. */
            silent: number;
        };
        RecheckCounts: {
            unit: components["schemas"]["Unit"];
            /** @enum {unknown} */
            day: 28 | 90;
            asked: number;
            yes: number;
            partly: number;
            no: number;
            unanswered: number;
            /** @description Opened again, erased or under review before anybody answered. */
            overtaken: number;
        };
        /** @description RFC 9457. */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do - for a person. */
            detail: string;
            code: string;
            /** @description The input at fault. */
            field?: string;
            /** @description What became of the request. */
            kept?: string;
        };
    };
    responses: {
        /** @description Kept. Number and code are the receipt. */
        Receipt: {
            headers: {
                Location?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Receipt"];
            };
        };
        /** @description It was kept before, under this key. The same receipt. */
        RepeatedReceipt: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Receipt"];
            };
        };
        /** @description The code that is in force now. */
        NewCode: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    number: components["schemas"]["ReceiptNumber"];
                    query_code: components["schemas"]["Code"];
                };
            };
        };
        /** @description Done; or it was done before, under this key. */
        TakenStep: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    kind: string;
                    seq: components["schemas"]["Seq"];
                    happened_at: components["schemas"]["Time"];
                    recorded_at: components["schemas"]["Time"];
                    state: components["schemas"]["State"];
                };
            };
        };
        /** @description Who is signed in. */
        Session: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Account"];
            };
        };
        /** @description The bytes, to be saved and never to be run. */
        File: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": string;
            };
        };
        /** @description Refused. A request that would have changed something has changed nothing. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
        IdempotencyKey: string;
        /** @description The 24 digits of the code, with or without blanks; or Authorization. */
        QueryCode: string;
        /** @description The number on the receipt, with or without MH- and dashes. */
        Number: string;
        CaseId: components["schemas"]["Uuid"];
        Content: components["schemas"]["Uuid"];
    };
    requestBodies: {
        Step: {
            content: {
                "application/json": components["schemas"]["Step"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    receiveWords: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Words"];
            };
        };
        responses: {
            200: components["responses"]["RepeatedReceipt"];
            201: components["responses"]["Receipt"];
            400: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    receiveWordsWithFiles: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description The same JSON object as for /api/v1/cases. */
                    case: string;
                    /** @description At most ten. */
                    file?: string[];
                };
            };
        };
        responses: {
            200: components["responses"]["RepeatedReceipt"];
            201: components["responses"]["Receipt"];
            400: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case as its speaker sees it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnCase"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showReceiptAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
                content: components["parameters"]["Content"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["File"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    supplement: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    urge: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            401: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    withdraw: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            401: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    rate: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    requestReview: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            401: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    requestRecheck: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            401: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    replaceCode: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["NewCode"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    activateReceipt: {
        parameters: {
            query?: never;
            header: {
                /** @description The 24 digits of the code, with or without blanks; or Authorization. */
                "X-Query-Code"?: components["parameters"]["QueryCode"];
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The number on the receipt, with or without MH- and dashes. */
                number: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["NewCode"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Session"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    password: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Session"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    receiveAtTheCounter: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WordsAtTheCounter"];
            };
        };
        responses: {
            /** @description It was kept before, under this key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CounterReceipt"];
                };
            };
            /** @description Kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CounterReceipt"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts, up to 1000 each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queues: {
                            part: components["schemas"]["Part"];
                            waiting: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showQueue: {
        parameters: {
            query: {
                part: components["schemas"]["Part"];
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        part: components["schemas"]["Part"];
                        lines: components["schemas"]["QueueLine"][];
                        /** @description Absent (null) on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case as an office sees it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeCase"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                content: components["parameters"]["Content"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["File"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showSteps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps in the order in which they are usually taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        seq: components["schemas"]["Seq"];
                        steps: components["schemas"]["OpenStep"][];
                    };
                };
            };
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    takeStep: {
        parameters: {
            query?: never;
            header: {
                /** @description A UUID or 32 hexadecimal digits, made by the client for each thing it sends. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["CaseId"];
                /** @description As `kind` of an open step: transferred, answered, … */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Step"];
        responses: {
            200: components["responses"]["TakenStep"];
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    revealPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The number and nothing else. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        phone: string;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listCallbacks: {
        parameters: {
            query?: {
                part?: "call_back" | "ask_again";
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        part: "call_back" | "ask_again";
                        lines: components["schemas"]["CallbackLine"][];
                        /** @description Absent (null) on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listWatchedCases: {
        parameters: {
            query: {
                list: components["schemas"]["Watch"];
                /** @description Only those of this unit. */
                unit?: components["schemas"]["Uuid"];
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["Watch"];
                        lines: components["schemas"]["WatchLine"][];
                        /** @description Absent (null) on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showWorkload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers of offices, never of people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        units: components["schemas"]["UnitLoad"][];
                        lists: {
                            list: components["schemas"]["Watch"];
                            waiting: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showRechecks: {
        parameters: {
            query?: {
                /** @description In which it was asked: 2026-11; this month unless named. */
                month?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts. Unanswered is a value of its own, and nobody's yes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        days_to_answer: number;
                        sampling: {
                            /** @enum {unknown} */
                            day: 28 | 90;
                            one_in: number;
                            /** @description For one unit. */
                            most_a_month: number;
                        }[];
                        units: components["schemas"]["RecheckCounts"][];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    searchPlaces: {
        parameters: {
            query: {
                search: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Towns first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        places: {
                            code: components["schemas"]["PlaceCode"];
                            name: string;
                            path: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Units, never people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        units: {
                            id: components["schemas"]["Uuid"];
                            code: string;
                            name: string;
                            /** @enum {unknown} */
                            kind: "petition_office" | "hotline_body" | "department" | "town_government" | "village_committee" | "inspection";
                            /** @enum {unknown} */
                            level: "county" | "town" | "village";
                            parent: string | null;
                            place: string | null;
                            active: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listCategories: {
        parameters: {
            query?: {
                scheme?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Empty when there is no such scheme. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        categories: {
                            code: components["schemas"]["CategoryCode"];
                            parent: string | null;
                            name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    suggestDispatch: {
        parameters: {
            query?: {
                category?: components["schemas"]["CategoryCode"];
                place?: components["schemas"]["PlaceCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing (null) when no rule fits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        suggestion: null | {
                            rule: string;
                            unit: components["schemas"]["Unit"];
                            because: string;
                            source: string;
                            /** @description Rules that fit less closely. */
                            beaten: string[];
                        };
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
        };
    };
    showProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By code. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
        };
    };
}
