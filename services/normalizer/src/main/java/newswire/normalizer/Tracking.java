package newswire.normalizer;

import java.util.Locale;
import java.util.Set;

/**
 * Parameters of web addresses that say where a reader came from and nothing of what is read. Only what has no other meaning
 * anywhere is in the tables; a feed's definition adds to them and takes from them.
 */
final class Tracking {
    /** Whatever begins like this: Google, Matomo and Piwik, internal campaigns, HubSpot's adverts, AT Internet, Facebook. */
    static final Set<String> PREFIXES =
            Set.of("utm_", "mtm_", "matomo_", "itm_", "hsa_", "pk_", "piwik_", "at_", "fb_");

    /** Names, in small letters. */
    static final Set<String> NAMES = Set.of(
            // networks of adverts: which click it was
            "fbclid",
            "gclid",
            "dclid",
            "gbraid",
            "wbraid",
            "gclsrc",
            "gad_source",
            "gad_campaignid",
            "msclkid",
            "yclid",
            "ysclid",
            "ymclid",
            "twclid",
            "ttclid",
            "li_fat_id",
            "rb_clickid",
            "irclickid",
            "wickedid",
            "srsltid",
            // networks of people: who shared it
            "igshid",
            "igsh",
            "mibextid",
            "ref_src",
            "ref_url",
            "guce_referrer",
            "guce_referrer_sig",
            // letters: Mailchimp, Marketo, Vero, HubSpot, Omeda, Klaviyo, MailerLite, Eloqua, dotdigital
            "mc_cid",
            "mc_eid",
            "mc_tc",
            "mkt_tok",
            "vero_id",
            "vero_conv",
            "_hsenc",
            "_hsmi",
            "__hssc",
            "__hstc",
            "__hsfp",
            "hsctatracking",
            "oly_enc_id",
            "oly_anon_id",
            "_kx",
            "ml_subscriber",
            "ml_subscriber_hash",
            "elqtrackid",
            "dm_i",
            // what counts visits: Google, Adobe, Yandex, Branch, Mapp, AT Internet
            "_ga",
            "_gl",
            "s_cid",
            "sc_cid",
            "_openstat",
            "_branch_match_id",
            "wt_mc",
            "wt.mc_id",
            "xtor",
            // campaigns of publishers: The Guardian, MSN, The New York Times, The Washington Post, the Daily Mail, CBS,
            // BBC
            "cmp",
            "cmpid",
            "ocid",
            "smid",
            "wpisrc",
            "ito",
            "ftag",
            "ns_mchannel",
            "ns_source",
            "ns_campaign",
            "ns_linkname",
            "ns_fee",
            "campaign_id",
            "campaign_medium",
            "campaign_name",
            "campaign_source",
            "campaign_term",
            "campaign_content");

    private Tracking() {}

    /**
     * Whether a parameter is one of these, in whatever case its name is written.
     *
     * @param value of the parameter: {@code ref} counts only if it names the site that the address was found on
     * @param site host of that
     */
    static boolean isTracking(String parameter, String value, String site) {
        var name = parameter.toLowerCase(Locale.ROOT);
        if (name.equals("ref")) {
            return withoutWww(value).equalsIgnoreCase(withoutWww(site));
        }
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
