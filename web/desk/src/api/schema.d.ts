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
    "/api/v1/queue/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in several cases. Each is decided alone; one that is refused stops no other. */
        post: operations["takeStepInBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that the unit leads or answered, in any state, the latest change first. */
        get: operations["showHandled"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The case with that receipt number. There is none, and it is not yours, are the same answer. */
        get: operations["findCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own saved views of the queue. */
        get: operations["listViews"];
        put?: never;
        /** Save a view under a name; a name that you have already gets the new filters. */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget one of your views. */
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** What has happened since you read it, and what is so now. */
        get: operations["showChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/draft": {
        parameters: {
            query: {
                /** @description answer, note, or step:KIND with the kind of a step. */
                tab: components["schemas"]["DraftTab"];
            };
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** The fields of an unfinished step, shared within the unit. */
        get: operations["showDraft"];
        /**
         * Keep the fields. A colleague's later version is never written over.
         * @description `revision` is the one that you had read, 0 for none. If the draft is at another by now, nothing is kept,
         *     `saved` is false and `draft` is the other version; yours you still have. Send it again with that revision to
         *     replace it. The draft is gone when the step is taken, and with the case's own words when the case is erased.
         */
        put: operations["keepDraft"];
        post?: never;
        /** Throw the draft away. */
        delete: operations["discardDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/preview/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                /** @description As for the step itself. */
                kind: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the speaker's page would show after this step, and who would read it. Changes nothing.
         * @description It is refused for the same reasons as the step itself would be.
         */
        post: operations["previewStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The texts of your unit and of the county, the most used first. */
        get: operations["listTexts"];
        put?: never;
        /** Add a text. A unit's head adds to the unit's, a dispatcher to the county's. */
        post: operations["addText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/texts/{text}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                text: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        /** Change a text of your own unit or, as a dispatcher, of the county. */
        put: operations["changeText"];
        post?: never;
        /** Take a text out of the library. Answers that used it stay as they are. */
        delete: operations["removeText"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/texts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** The texts that fit this case, filled in for it, those of its category first. */
        get: operations["listTextsForCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/texts/{text}/used": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                text: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that this text was put into the answer of this case. Said twice it counts once. */
        post: operations["useText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        /** Matters of the same kind at the same or a near place, by facts alone, and how they were answered. */
        get: operations["listSimilar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/not_similar": {
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
        /** These two are not the same matter. They are not proposed to each other any more. */
        post: operations["rejectSimilar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same while words are being taken in, before there is a case. */
        get: operations["findSimilar"];
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
        Part: "dispatch" | "lead" | "co" | "call_back" | "close" | "asked" | "review";
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
            /** @description Nothing (null) once it is met or stopped. */
            left: null | components["schemas"]["TimeLeft"];
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
            left: components["schemas"]["TimeLeft"];
            headline: string;
            /** @description There is a recording and nobody has written down yet what it says. */
            voice_only: boolean;
            /** @description Sent by decision after an objection; it may not be returned again. */
            designated: boolean;
            /** @description Returned three times; the joint conference says whose it is. */
            joint_conference: boolean;
            /** @description Units that the case complains of. They and all below them see nothing of it. */
            complained_of: components["schemas"]["MaybeUnit"][];
            /** @description Owe an answer to a supervision order. */
            supervised_units: components["schemas"]["MaybeUnit"][];
            /** @description Owe an answer to a recommendation. */
            recommended_units: components["schemas"]["MaybeUnit"][];
            /** @description Asked for and not yet decided. */
            extension_asked: null | {
                days: number;
                asked_at: components["schemas"]["Time"];
                unit: components["schemas"]["MaybeUnit"];
            };
            /** @description Other speakers who wait for the answer of this case, and what they said. Each has a receipt of their own. */
            joined: components["schemas"]["JoinedSpeaker"][];
            /** @description What you may do with this case, by the names of the permissions; which steps are open now is told apart. */
            may: string[];
            /** @description Whether the number can be asked for now, with a reason. */
            may_ask_for_phone: boolean;
        };
        QueueLine: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            track: components["schemas"]["Track"];
            channel: components["schemas"]["Channel"];
            state: components["schemas"]["State"];
            seq: components["schemas"]["Seq"];
            headline: string;
            due: components["schemas"]["MaybeTime"];
            left: components["schemas"]["TimeLeft"];
            received_at: components["schemas"]["Time"];
            changed_at: components["schemas"]["Time"];
            place: string | null;
            /** @description The village or the town. */
            place_name: string | null;
            category: string | null;
            category_name: string | null;
            lead_unit: components["schemas"]["MaybeUnit"];
            urgency: components["schemas"]["Urgency"];
            returned: number;
            reopened: number;
            urged: number;
            /** @description Opened again or said not to be solved. */
            redo: boolean;
            joint_conference: boolean;
            /** @description Other speakers who wait for the same answer. */
            joined: number;
            /** @description Half of the time is gone and the unit has done nothing yet. */
            half_gone: boolean;
            /** @description A speaker has added something or urged since an office last did anything. */
            news: boolean;
        };
        /** @enum {unknown} */
        Yes: "yes";
        /**
         * @description By the earliest date owed. overdue, before now; today, three_days (the third working day from today), week
         *     (the seventh day from today), from now to the end of that day.
         * @enum {unknown}
         */
        Due: "overdue" | "today" | "three_days" | "week";
        /** @description As the rule of the date counts - in hours, in calendar days or in working days of the county. */
        TimeLeft: {
            /** @description 0 with `over` false is today, or this hour. */
            count: number;
            /** @enum {unknown} */
            unit: "hours" | "days" | "working_days" | "paused" | "none";
            /** @description The date has passed, `count` ago. */
            over: boolean;
            /** @enum {unknown} */
            tone: "none" | "calm" | "soon" | "late";
        };
        /** @description The query of the queue, without cursor and limit. */
        QueueQuery: {
            part: components["schemas"]["Part"];
            due?: components["schemas"]["Due"];
            state?: components["schemas"]["State"];
            track?: components["schemas"]["Track"];
            channel?: components["schemas"]["Channel"];
            category?: components["schemas"]["CategoryCode"];
            place?: components["schemas"]["PlaceCode"];
            returned?: components["schemas"]["Yes"];
            reopened?: components["schemas"]["Yes"];
            redo?: components["schemas"]["Yes"];
            urged?: components["schemas"]["Yes"];
            joint_conference?: components["schemas"]["Yes"];
        };
        View: {
            id: components["schemas"]["Uuid"];
            title: string;
            query: components["schemas"]["QueueQuery"];
        };
        JoinedSpeaker: {
            id: components["schemas"]["Uuid"];
            number: components["schemas"]["ReceiptNumber"];
            urged: number;
            words: components["schemas"]["SaidWords"];
            /** @description What they added later, oldest first. */
            added: string[];
        };
        DraftTab: string;
        OfficeDraft: {
            tab: components["schemas"]["DraftTab"];
            fields: {
                [key: string]: string;
            };
            revision: number;
            saved_at: components["schemas"]["Time"];
            unit: components["schemas"]["MaybeUnit"];
        };
        Preview: {
            kind: string;
            /** @description Whether the speaker's page shows this step at all. */
            speaker_reads: boolean;
            state: components["schemas"]["State"];
            /** @description What would stand on top of the speaker's page. */
            state_sentence: string;
            /** @description The line of the speaker's page for this step. */
            sentence: string | null;
            /** @description Whose name stands beside it - a unit's. */
            by: string;
            happened_at: components["schemas"]["Time"];
            facts: {
                [key: string]: string;
            };
            /** @description What the speaker would read of it, in the order of the page. */
            texts: {
                field: string;
                label: string;
                text: string;
            }[];
            /** @description Fields that you filled in and that the speaker would not read. */
            inside: string[];
            /** @description Offices that may read the step; supervisors may, too. */
            units: components["schemas"]["Unit"][];
            /** @description Other speakers who would get the same answer. */
            joined: number;
        };
        /** @enum {unknown} */
        TextScope: "county" | "unit";
        /** @enum {unknown} */
        Placeholder: "number" | "unit" | "phone" | "date" | "place";
        NewText: {
            title: string;
            /** @description May hold {number} {unit} {phone} {date} {place}. */
            body: string;
            /** @description Of this category only. */
            category?: string | null;
            /** @description The article it rests on. */
            source?: string | null;
            /** @description When changing - the one that you had read. */
            revision?: number | null;
        };
        LibraryText: {
            id: components["schemas"]["Uuid"];
            scope: components["schemas"]["TextScope"];
            unit: components["schemas"]["MaybeUnit"];
            category: string | null;
            title: string;
            body: string;
            source: string | null;
            revision: number;
            changed_at: components["schemas"]["Time"];
            /** @description In how many cases. */
            used: number;
            last_used: components["schemas"]["MaybeTime"];
            /** @description Of the latest 500 of those cases, how many speakers said whether it is solved. Hidden (null) under 5. */
            rated: number | null;
            /** @description Of those rated, how many said that it is. Hidden (null) with `rated`. */
            solved: number | null;
            may_change: boolean;
        };
        Similar: {
            /** @description Nothing (null) when the case is not yours to read. */
            id: string | null;
            number: string | null;
            state: components["schemas"]["State"];
            received_at: components["schemas"]["Time"];
            place_name: string | null;
            lead_unit: components["schemas"]["MaybeUnit"];
            /** @enum {unknown} */
            near: "same_village" | "same_town" | "county";
            /** @description Why it is proposed. */
            reason: string;
            answered: boolean;
            /** @description The last public answer, if the case is yours to read. */
            answer: string | null;
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
            /** @description Counts, up to 1000 each. What is counted is what the queue lists to you. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queues: {
                            part: components["schemas"]["Part"];
                            waiting: number;
                            /** @description As due=overdue. */
                            overdue: number;
                            /** @description As due=three_days. */
                            three_days: number;
                            /** @description As returned=yes. */
                            returned: number;
                            /** @description As redo=yes. */
                            redo: number;
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
                due?: components["schemas"]["Due"];
                state?: components["schemas"]["State"];
                track?: components["schemas"]["Track"];
                channel?: components["schemas"]["Channel"];
                category?: components["schemas"]["CategoryCode"];
                /** @description A town with all its villages or one village. */
                place?: components["schemas"]["PlaceCode"];
                /** @description A unit said at least once that it is another's. */
                returned?: components["schemas"]["Yes"];
                /** @description Opened again at least once. */
                reopened?: components["schemas"]["Yes"];
                /** @description Opened again or said not to be solved. */
                redo?: components["schemas"]["Yes"];
                urged?: components["schemas"]["Yes"];
                /** @description Returned three times. */
                joint_conference?: components["schemas"]["Yes"];
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
    takeStepInBulk: {
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
                "application/json": {
                    /** @enum {unknown} */
                    step: "signed_in";
                    cases: {
                        id: components["schemas"]["Uuid"];
                        expected_seq?: number | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description What became of each, in the order asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            id: string;
                            done: boolean;
                            seq: null | components["schemas"]["Seq"];
                            state: null | components["schemas"]["State"];
                            problem: null | components["schemas"]["Problem"];
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
    showHandled: {
        parameters: {
            query?: {
                state?: components["schemas"]["State"];
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
                        lines: components["schemas"]["QueueLine"][];
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
    findCase: {
        parameters: {
            query: {
                /** @description With or without MH- and dashes. */
                number: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which case it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: components["schemas"]["Uuid"];
                        number: components["schemas"]["ReceiptNumber"];
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
    listViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order in which they were saved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        views: components["schemas"]["View"][];
                    };
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    query: components["schemas"]["QueueQuery"];
                };
            };
        };
        responses: {
            /** @description Saved. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showChanges: {
        parameters: {
            query: {
                /** @description The seq that you had read. */
                after: components["schemas"]["Seq"];
            };
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing in happenings when it still stands as you had read it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        seq: components["schemas"]["Seq"];
                        state: components["schemas"]["State"];
                        lead_unit: components["schemas"]["MaybeUnit"];
                        left: components["schemas"]["TimeLeft"];
                        happenings: components["schemas"]["Happening"][];
                        steps: components["schemas"]["OpenStep"][];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showDraft: {
        parameters: {
            query: {
                /** @description answer, note, or step:KIND with the kind of a step. */
                tab: components["schemas"]["DraftTab"];
            };
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing (null) when the unit has begun none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: null | components["schemas"]["OfficeDraft"];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    keepDraft: {
        parameters: {
            query: {
                /** @description answer, note, or step:KIND with the kind of a step. */
                tab: components["schemas"]["DraftTab"];
            };
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fields: {
                        [key: string]: string;
                    };
                    revision: number;
                };
            };
        };
        responses: {
            /** @description What is kept now, yours or (saved false) the other one; null when the other one was discarded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        saved: boolean;
                        draft: null | components["schemas"]["OfficeDraft"];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    discardDraft: {
        parameters: {
            query: {
                /** @description answer, note, or step:KIND with the kind of a step. */
                tab: components["schemas"]["DraftTab"];
            };
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    previewStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                /** @description As for the step itself. */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fields: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description As the speaker would read it, in the language of Accept-Language. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listTexts: {
        parameters: {
            query?: {
                /** @description Those of this category and those of none. */
                category?: components["schemas"]["CategoryCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With their placeholders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        texts: components["schemas"]["LibraryText"][];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    addText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewText"];
            };
        };
        responses: {
            /** @description Kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryText"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeText: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                text: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewText"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryText"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeText: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                text: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listTextsForCase: {
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
            /** @description A placeholder for which the case has nothing stays as it is and stands in `unfilled`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        texts: {
                            id: components["schemas"]["Uuid"];
                            title: string;
                            body: string;
                            scope: components["schemas"]["TextScope"];
                            category: string | null;
                            used: number;
                            unfilled: components["schemas"]["Placeholder"][];
                        }[];
                    };
                };
            };
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    useText: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CaseId"];
                text: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counted, for the text and for no one. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listSimilar: {
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
            /** @description The nearest first. Without pairs that somebody said are not similar. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        similar: components["schemas"]["Similar"][];
                    };
                };
            };
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    rejectSimilar: {
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
                    other: components["schemas"]["Uuid"];
                };
            };
        };
        responses: {
            /** @description Remembered, for both. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    findSimilar: {
        parameters: {
            query: {
                category: components["schemas"]["CategoryCode"];
                place?: components["schemas"]["PlaceCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The nearest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        similar: components["schemas"]["Similar"][];
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
