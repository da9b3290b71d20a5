import com.adobe.epubcheck.tool.EpubChecker;

/**
 * Writes what EPUBCheck has of each book that the arguments after the first name, as JSON, into the folder that the first one names: 1.json
 * and so on. To start it takes longer than to check a book.
 */
public class CheckEpubs {
    public static void main(String[] names) {
        for (int number = 1; number < names.length; number++) {
            new EpubChecker().run(new String[] {names[number], "--json", names[0] + "/" + number + ".json", "--quiet"});
        }
    }
}
