package dev.finetune4j.retrieval;

import dev.finetune4j.baseline.Passage;
import dev.finetune4j.baseline.Retriever;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Ranks passages by BM25, as Apache Lucene computes it with its usual settings (k1 1.2, b 0.75):
 * words that few passages hold count most, and long passages do not win by their length. Words are
 * cut by Unicode's rules and compared in lower case, without stemming and without a list of words
 * left out, so it serves any language that puts spaces between words.
 *
 * <pre>{@code
 * Retriever retriever = Bm25Retriever.of(PassageFiles.read(Path.of("handbook"), 200));
 * Baseline withHandbook = Baselines.retrieval(retriever, 3);
 * }</pre>
 *
 * <p>The index is held in memory. Immutable and thread-safe.
 */
public final class Bm25Retriever implements Retriever {
  private static final String TEXT = "text";
  // Lucene's limit for the clauses of one query; questions are shorter.
  private static final int MAXIMUM_WORDS = 1_000;

  private final List<Passage> passages;
  private final Analyzer analyzer = new StandardAnalyzer();
  private final IndexSearcher searcher;

  private Bm25Retriever(List<Passage> passages) throws IOException {
    this.passages = List.copyOf(passages);
    this.searcher = new IndexSearcher(index());
    searcher.setSimilarity(new BM25Similarity());
  }

  /** Returns a retriever over {@code passages}; indexes them at once, in memory. */
  public static Bm25Retriever of(List<Passage> passages) {
    try {
      return new Bm25Retriever(passages);
    } catch (IOException e) {
      throw new UncheckedIOException("The passages could not be indexed.", e);
    }
  }

  /** Returns a hash of the passages in their order. */
  @Override
  public String version() {
    return "BM25 " + Passage.hash(passages);
  }

  /** Returns the best passages that share a word with the question; equally good ones in order. */
  @Override
  public List<Passage> nearest(String question, int count) {
    if (count < 1 || passages.isEmpty()) {
      return List.of();
    }
    try {
      List<Passage> nearest = new ArrayList<>();
      for (ScoreDoc found : searcher.search(query(question), count).scoreDocs) {
        nearest.add(passages.get(found.doc));
      }
      return nearest;
    } catch (IOException e) {
      throw new UncheckedIOException("The index in memory could not be searched.", e);
    }
  }

  /** Writes one segment in the order of the passages, so a document's number is its passage's. */
  private DirectoryReader index() throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriterConfig configuration = new IndexWriterConfig(analyzer);
    configuration.setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(directory, configuration)) {
      for (Passage passage : passages) {
        Document document = new Document();
        document.add(new TextField(TEXT, passage.text(), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    return DirectoryReader.open(directory);
  }

  private BooleanQuery query(String question) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words(question)
        .forEach(
            (word, times) ->
                query.add(
                    new BoostQuery(new TermQuery(new Term(TEXT, word)), times),
                    BooleanClause.Occur.SHOULD));
    return query.build();
  }

  private Map<String, Integer> words(String text) throws IOException {
    Map<String, Integer> words = new LinkedHashMap<>();
    try (TokenStream tokens = analyzer.tokenStream(TEXT, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken() && words.size() < MAXIMUM_WORDS) {
        words.merge(word.toString(), 1, Integer::sum);
      }
    }
    return words;
  }

  @Override
  public String toString() {
    return "Bm25Retriever(" + passages.size() + " passages)";
  }
}
